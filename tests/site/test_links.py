"""Where the links of articles lead, in every output."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest

from sitegen.config.content_policy import content_policy
from sitegen.config.load import load_config
from sitegen.content.article import parse
from sitegen.content.discover import Found
from sitegen.deploy.host_files import headers_file
from sitegen.model.article import Rights
from sitegen.model.site import Site
from sitegen.site.links import (
    Lost,
    Places,
    attached,
    lost,
    places,
    shown_images,
    shown_links,
    target,
    with_targets,
)
from tests.conftest import SITE, Digest
from tests.samples import config, document, site

B = "/world/2026/11/02/b/"
FEEDS = "feeds: {ninjs: true}\neditions: {kind: monthly, email: true, epub: true}\n"


def outputs(digest: Digest) -> list[str]:
    """The article's text as each output holds it."""
    items = json.loads(digest.page("feed.json"))["items"]
    names = ("feed.xml", "rss.xml", "edition/2026-11/email.html", "world/2026/11/01/a/ninjs.json")
    return [
        *(item["content_html"] for item in items if "/a/" in item["url"]),
        *map(digest.page, names),
    ]


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("b.md", B),
        ("./b.md#part", f"{B}#text-part"),
        ("../world/b.md?x=1", f"{B}?x=1"),
        ("/world/b.md", B),
        ("/content/world/b.md", B),
        ("../../02/b/", B),
        ("../../02/b", "/world/2026/11/02/b"),
        ("plan.pdf", "/world/plan.pdf"),
        ("data/table%20one.csv", "/world/data/table%20one.csv"),
        ("/world/plan.pdf#page=2", "/world/plan.pdf#page=2"),
        ("é.pdf", "/world/%C3%A9.pdf"),
        ("[[b]]", B),
        ("[[B#Part]]", f"{B}#text-part"),
        ("[[world/b]]", B),
        ("[[b.md]]", B),
        ("[[Title of B]]", B),
        ("[[plan.pdf]]", "/world/plan.pdf"),
    ],
)
@pytest.mark.parametrize("base", ["https://t.example/", "https://t.example/paper/"])
def test_a_link_leads_there_from_everywhere(
    digest: Digest, link: str, target: str, base: str
) -> None:
    digest.write("site.yaml", SITE.replace("https://t.example/", base) + FEEDS)
    digest.article("a", body=f"See {link}." if link.startswith("[[") else f"See [it]({link}).")
    digest.article("b", "Title of B", "2026-11-02T10:00:00+01:00", body="<a name=part></a>Other.")
    digest.write("content/world/plan.pdf", b"%PDF-1.4")
    digest.write("content/world/data/table one.csv", "a,b")
    digest.write(f"content/world/{unicodedata.normalize('NFD', 'é')}.pdf", b"%PDF-1.4")
    digest.write("content/world/unlinked.pdf", b"%PDF-1.4")
    said = digest.build()
    assert said.stderr == ""
    path = base.removeprefix("https://t.example").rstrip("/")
    assert f'href="{path}{target}"' in digest.page("world/2026/11/01/a/index.html")
    for text in outputs(digest):
        assert f"https://t.example{path}{target}" in text
        assert f'"{link}"' not in text
    tree = digest.tree()
    assert "world/unlinked.pdf" not in tree
    assert ("world/plan.pdf" in tree) == ("plan" in link)
    assert ("world/é.pdf" in tree) == ("é" in link)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("[x](gone.md)", "`gone.md` leads nowhere"),
        ("[x](/world/2026/11/09/none/)", "`/world/2026/11/09/none/` leads nowhere"),
        ("[x](https://t.example/none/)", "`https://t.example/none/` leads nowhere"),
        ("[x](gone.docx)", "`gone.docx` leads nowhere"),
        ("[x](page.html)", "`page.html` leads nowhere"),
        ("[x](draft.md)", "`draft.md` leads to an article that is not published (draft)"),
        ("[x](later.md)", "`later.md` leads to an article that is not published (future)"),
        ("[[gone]]", "`[[gone]]` leads nowhere"),
        ("[[gone|x]]", "`[[gone]]` leads nowhere"),
        ("[[draft#x|y]]", "`[[draft#x]]` leads to an article that is not published (draft)"),
        ("![x](gone.png)", "the image `/world/gone.png` does not exist"),
        ("![x](fog.tiff)", "the image `/world/fog.tiff` is not published: browsers do"),
    ],
)
def test_what_leads_nowhere_is_reported_with_its_line(digest: Digest, body: str, said: str) -> None:
    digest.article("a", body=f"First.\n\n{body}")
    digest.article("draft", more="status: draft\n")
    digest.article("later", date="2027-01-01")
    digest.write("content/world/page.html", "<script>go()</script>")
    error = digest.build().stderr
    assert said in error
    assert "content/world/a.md:9" in error
    digest.article("a", body=f"First, and\n\none more.\n\n{body}")
    assert "content/world/a.md:11" in digest.build().stderr
    digest.write("site.yaml", f"{SITE}check: {{link: off}}\n")
    assert digest.build().stderr == ""


def test_a_name_that_two_files_have_leads_to_the_nearer_one_and_is_reported(
    digest: Digest,
) -> None:
    digest.article("a", body="x\n\n[[b]]")
    digest.article("b", date="2026-11-02")
    digest.write("content/city/b.md", "---\ntitle: C\ndate: 2026-11-02\nauthors: [A]\n---\nx\n")
    said = digest.build().stderr
    assert "`[[b]]` leads to `/world/b.md`, and could mean `/city/b.md`" in said
    assert "content/world/a.md:9" in said
    assert f'href="{B}"' in digest.page("world/2026/11/01/a/index.html")


def test_files_that_only_unpublished_or_shortened_articles_link_to_stay_away(
    digest: Digest,
) -> None:
    digest.write("content/world/plan.pdf", b"%PDF-1.4")
    digest.article("a", body="[x](plan.pdf)", more="status: draft\n")
    digest.article("b", body="[x](plan.pdf)", more="rights: excerpt\n")
    digest.article("c", body="[x](plan.pdf)", more="status: withdrawn\n")
    digest.build()
    assert "world/plan.pdf" not in digest.tree()


def test_tags_within_code_and_titles_stay_as_they_are(digest: Digest) -> None:
    digest.write("site.yaml", SITE.replace("t.example/", "t.example/paper/") + FEEDS)
    sample = '<a role="x" id="y" href="/z">'
    title = "'<img src=/x id=\"y\"'"
    digest.article(
        "a",
        body=(
            f'`{sample}`\n\n<span title={title}>x</span>\n\n[it](/world/2026/11/01/a/ "<img src=x'
            ' onerror=go()>")'
        ),
    )
    digest.build()
    for text in (
        digest.page("world/2026/11/01/a/index.html"),
        json.loads(digest.page("feed.json"))["items"][0]["content_html"],
    ):
        assert '&lt;a role="x" id="y" href="/z"&gt;' in text
        assert "<img" not in text
        assert "&lt;img src=x onerror=go()&gt;" in text


def test_images_of_other_hosts_are_links(digest: Digest) -> None:
    digest.write("site.yaml", SITE + FEEDS)
    other = "https://tracker.example/a.png?x=1&y=2"
    digest.article(
        "a",
        body=f"![Fog]({other})\n\n[![Inside]({other})](https://b.example/)\n\n![Ours](https://t.example/b.png)",
    )
    lead = (
        "image: {src: 'https://tracker.example/lead.png', alt: A, caption: Fog at dusk, credit:"
        " Ruta Lind}\n"
    )
    digest.article("b", date="2026-11-02T10:00:00+01:00", more=lead)
    said = digest.build().stderr
    assert "content/world/a.md:7" in said
    assert "content/world/b.md:5" in said
    assert said.count("third-party") >= 2
    for name, data in digest.tree().items():
        text = data.decode("utf-8", "replace")
        for asked in (
            'src="https://tracker',
            "src=&quot;https://tracker",
            'src=\\"https://tracker',
            "og:image",
            'url="https://tracker',
        ):
            assert asked not in text, name
    assert ">Fog</a>" in digest.page("world/2026/11/01/a/index.html")
    assert '<a href="https://b.example/">Inside</a>' in digest.page("world/2026/11/01/a/index.html")
    assert '<a href="https://tracker.example/lead.png">Fog at dusk</a> (Ruta Lind)' in digest.page(
        "world/2026/11/02/b/index.html"
    )


@pytest.mark.parametrize("value", ["/a?b=c", "/a#b", "/%2e%2e/a", "/a/%2E%2E%2fb", "/100%/"])
@pytest.mark.parametrize("key", ["url", "aliases"])
def test_urls_that_no_link_reaches_are_refused(key: str, value: str) -> None:
    given = value if key == "url" else f"[{value!r}]"
    text = f"---\ntitle: T\ndate: 2026-11-01\nauthors: [A]\n{key}: {given}\n---\nWords.\n"
    parsed = parse(text.encode(), "content/a.md", load_config(SITE))
    assert parsed.document is None
    assert [(d.code, d.line) for d in parsed.diagnostics] == [("unsafe-path", 5)]


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("/gr%C3%B6%C3%9Fe/", "/größe/"),
        ("/a%20b", "/a b"),
        ("/a?b=c", "/a-b-c/"),
        ("/caf%E9/", "/caf/"),
        ("/a%2Fb%3Fc/", "/a-b-c/"),
    ],
)
def test_a_path_that_links_reach_is_named(value: str, path: str) -> None:
    text = f"---\ntitle: T\ndate: 2026-11-01\nauthors: [A]\nurl: {value}\n---\nWords.\n"
    (found,) = parse(text.encode(), "content/a.md", load_config(SITE)).diagnostics
    assert found.help.endswith(f"use a path such as {path}")


def test_own_templates_and_styles_that_ask_others_are_reported(digest: Digest) -> None:
    digest.article("a")
    style = (
        "body {}\n@import url('https://fonts.third.example/css');\na { background:"
        " url(gone.png) }\n"
    )
    digest.write("theme/assets/custom.css", style)
    scripts = "<script src=//cdn.third.example/x.js></script><script>go()</script>"
    digest.write(
        "theme/templates/404.html",
        f"{{% extends 'theme/404.html' %}}\n{{% block scripts %}}{scripts}{{% endblock %}}\n",
    )
    error = digest.build().stderr
    for said, place in [
        ("`https://fonts.third.example/css`", "theme/assets/custom.css:2"),
        ("`gone.png` is not below assets/", "theme/assets/custom.css:3"),
        ("`//cdn.third.example/x.js`", "theme/templates/404.html:2"),
        ("the page holds a script", "theme/templates/404.html:2"),
    ]:
        assert said in error
        assert place in error


def test_pages_and_hosts_have_a_policy(digest: Digest) -> None:
    digest.article("a", more="aliases: [/old/]")
    digest.build()
    for page in ("index.html", "world/2026/11/01/a/index.html", "old/index.html", "404.html"):
        head = digest.page(page).partition("</head>")[0]
        assert "Content-Security-Policy" in head
        assert "script-src &#39;self&#39;;" in head
    policy = content_policy(load_config(SITE))
    assert f"Content-Security-Policy: {policy}; frame-ancestors 'self'".encode() in headers_file(
        {}, policy
    )
    assert content_policy(load_config(SITE + "search: true\n")) == policy
    assert content_policy(load_config(SITE + "content_policy: none\n")) == ""
    assert content_policy(load_config(SITE + "markdown: {trust: true}\n")) == ""
    own = "default-src 'self' https://own.example"
    assert content_policy(load_config(SITE + f'content_policy: "{own}"\n')) == own


def test_a_photo_of_an_author_at_another_host_is_not_asked_for(digest: Digest) -> None:
    photo = (
        "authors: {ann: {name: Ann Ames, bio: '![me](https://t.other.example/me.png)', photo:"
        " 'https://p.other.example/ann.jpg'}}\n"
    )
    digest.write("site.yaml", SITE + photo)
    digest.article("a")
    assert "the photo of `Ann Ames` is at another host" in digest.build().stderr
    for name, data in digest.tree().items():
        assert b'src="https://' not in data, name
        assert b"p.other.example" not in data, name


KNOWN = Places(
    {"/world/a.md": "/world/2026/11/01/a/", "/world/b.md": B},
    {"/world/notes.pdf": Found("content/world/notes.pdf", 1, 1)},
)


@pytest.mark.parametrize(
    ("link", "leads"),
    [
        ("b.md", B),
        ("./b.md#part", f"{B}#text-part"),
        ("b.md#text-part", f"{B}#text-part"),
        ("b.md?x=1", f"{B}?x=1"),
        ("/world/b.md", B),
        ("/content/world/b.md", B),
        ("notes.pdf#page=2", "/world/notes.pdf#page=2"),
        ("../c/", "/world/2026/11/01/c/"),
        ("/c/", "/c/"),
        ("#part", "/world/2026/11/01/a/#part"),
        ("https://other.example/b.md", "https://other.example/b.md"),
        ("//other.example/b.md", "//other.example/b.md"),
        ("mailto:b.md", "mailto:b.md"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_link_may_name_a_file(link: str, leads: str) -> None:
    assert target(link, "/world/a.md", "/world/2026/11/01/a/", KNOWN, config()) == leads


def linking(*links: str, **values: Any) -> Site:
    """An article `a` with ``links``, and an article `b`, with the places they lead to."""
    digest = site(document("a", "2026-11-01", links=links, **values), document("b", "2026-11-02"))
    media = (Found("content/world/notes.pdf", 1, 1),)
    return with_targets(digest, places(digest, media, config()), config())


def lost_in(digest: Site, outputs: Any, files: Any, unpublished: Any) -> list[Lost]:
    """What leads nowhere in the articles of ``digest``."""
    known = places(digest, files, config())
    return list(
        lost(
            digest.documents,
            lambda d: d,
            outputs,
            files,
            lambda: unpublished,
            lambda: known,
            config(),
        )
    )


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("b.md", ""),
        (B, ""),
        (B.rstrip("/"), ""),
        (f"https://t.example{B}", ""),
        ("c.md", "`c.md` leads to an article that is not published (draft)"),
        ("/missing/", "`/missing/` leads nowhere"),
    ],
)
def test_links_that_lead_nowhere(link: str, message: str) -> None:
    outputs = [f"{B[1:]}index.html"]
    found = lost_in(linking(link), outputs, (), {"content/world/c.md": "draft"})
    assert [one.message for one in found] == ([message] if message else [])


def test_images_that_do_not_exist() -> None:
    digest = linking(assets=("/world/a.jpg", "/world/b.jpg", "//other.example/c.jpg"))
    files = (Found("content/world/a.jpg", 1, 1),)
    (found,) = lost_in(digest, (), files, {})
    assert found.message == "the image `/world/b.jpg` does not exist"
    assert "content/world/b.jpg" in found.help


def test_attached_files_are_those_that_are_linked() -> None:
    digest = linking("notes.pdf")
    known = places(digest, (Found("content/world/notes.pdf", 1, 1),), config())
    assert {f.path for f in attached(digest, known)} == {"content/world/notes.pdf"}
    assert attached(linking("b.md"), known) == set()


@pytest.mark.parametrize("values", [{"status": "withdrawn"}, {"rights": Rights("excerpt")}])
def test_links_that_a_page_does_not_show_lead_nowhere(values: dict[str, Any]) -> None:
    digest = linking("notes.pdf", assets=("/x.jpg",), **values)
    assert shown_links(digest.documents[0]) == shown_images(digest.documents[0]) == ()
    assert lost_in(digest, (), (), {}) == []
