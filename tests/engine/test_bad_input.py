"""Input nobody vouches for: every problem is named with file and line, and output/ stays as it
was."""

from __future__ import annotations

import json
import os

import pytest

from tests.conftest import SITE, Digest

ALIASES = "a: &a [1,1,1,1,1,1,1,1]\n" + "".join(
    f"{b}: &{b} [{','.join(['*' + a] * 8)}]\n" for a, b in zip("abcde", "bcdef", strict=True)
)
OK = "title: x\ndate: 2026-01-01\nauthors: [a]\n"


def article(front: str, body: str = "Text.") -> bytes:
    return f"---\n{front}\n---\n{body}\n".encode()


@pytest.mark.parametrize(
    ("data", "line", "words", "code"),
    [
        pytest.param(b"", 1, "is empty", "empty", id="empty"),
        pytest.param(b" \n\n", 1, "is empty", "empty", id="blank"),
        pytest.param(b"Just text\n", 1, "no front matter", "front-matter", id="no-front-matter"),
        pytest.param(b"---\ntitle: x\n", 1, "not closed", "front-matter", id="unclosed"),
        pytest.param(article("title: a: b"), 2, "broken YAML", "front-matter", id="broken-yaml"),
        pytest.param(
            article("title: x\ntitle: y"), 3, "is written twice", "front-matter", id="twice"
        ),
        pytest.param(article("- a"), 2, "not a mapping", "front-matter", id="list"),
        pytest.param(
            article("title: x\ndate: 2024-02-30\nauthors: a"),
            3,
            "impossible date",
            "front-matter",
            id="30-february",
        ),
        pytest.param(
            article("title: x\ndate: soon\nauthors: a"),
            3,
            "impossible date",
            "front-matter",
            id="no-date",
        ),
        pytest.param(
            article("date: 2026-01-01\nauthors: a"),
            1,
            "`title` is missing",
            "front-matter",
            id="no-title",
        ),
        pytest.param(
            article("title: x\nauthors: a"),
            1,
            "`date` is missing",
            "front-matter",
            id="date-missing",
        ),
        pytest.param(
            article("title: x\ndate: 2026-01-01"),
            1,
            "neither `authors` nor `source`",
            "front-matter",
            id="no-authors",
        ),
        pytest.param(b"---\ntitle: x\n\xff\n---\n", 3, "not UTF-8", "encoding", id="not-utf8"),
        pytest.param("---\ntitle: x\n---\n".encode("utf-16"), 1, "UTF-16", "encoding", id="utf16"),
        pytest.param(b"---\ntitle: x\0\n---\n", 2, "NUL", "encoding", id="nul"),
        pytest.param(article(ALIASES), 6, "aliases", "front-matter", id="aliases"),
        pytest.param(article("title: " + "[" * 5000), 2, "", "front-matter", id="nesting-bomb"),
        pytest.param(article(OK + "slug: ../../x"), 5, "leaves", "unsafe-path", id="slug-leaves"),
        pytest.param(
            article(OK + "aliases: [/../../etc/x]"),
            5,
            "leaves the site",
            "unsafe-path",
            id="alias-leaves",
        ),
        pytest.param(
            article(OK + "url: //evil.example/x"),
            5,
            "leaves the site",
            "unsafe-path",
            id="url-leaves",
        ),
        pytest.param(
            article(OK + "canonical: 'java\tscript:x'"),
            5,
            "unsafe URL",
            "unsafe-url",
            id="canonical-script",
        ),
        pytest.param(
            article(OK + "source: {name: x, url: 'data:text/html,x'}"),
            5,
            "unsafe URL",
            "unsafe-url",
            id="source-data",
        ),
        pytest.param(
            article(OK + "image: 'javascript:x'"),
            5,
            "unsafe URL",
            "unsafe-url",
            id="image-script",
        ),
        pytest.param(
            article("title: x\ndate: 2026-01-01\nauthors: {name: a, url: 'vbscript:x'}"),
            4,
            "unsafe",
            "unsafe-url",
            id="person",
        ),
        pytest.param(
            article(OK + "status: gone"), 5, "`status` is `gone`", "front-matter", id="status"
        ),
        pytest.param(
            article(OK + "template: nope"), 0, "does not exist", "template", id="template"
        ),
        pytest.param(b"+++\ntitle = \n+++\n", 2, "broken TOML", "front-matter", id="toml"),
        pytest.param(b'{"title": }\n', 1, "broken JSON", "front-matter", id="json"),
        pytest.param(b"---\n" + b"x" * (20 << 20), 0, "too large", "too-large", id="20-mib"),
    ],
)
def test_it_is_named_and_output_stays(
    digest: Digest, data: bytes, line: int, words: str, code: str
) -> None:
    digest.article("good")
    digest.build()
    before = digest.tree()
    digest.write("content/world/bad.md", data)
    digest.article("also-good")
    done = digest.build("--json", expect=1)
    found = json.loads(done.stdout)["diagnostics"]
    hits = [d for d in found if d["code"] == code and words in d["message"]]
    assert hits, found
    assert hits[0]["path"] == "content/world/bad.md"
    assert hits[0]["line"] == line
    assert digest.tree() == before


def test_several_problems_are_reported_together_in_reading_order(digest: Digest) -> None:
    digest.write("content/world/b.md", article("title: x"))
    digest.write("content/world/a.md", article("title: x\ndate: never\nslug: ../x"))
    text = digest.build(expect=1).stderr
    places = [row.split("--> ")[1] for row in text.splitlines() if "-->" in row]
    assert places == sorted(places)
    assert len(places) == 5
    assert "Nothing was published" in text


def test_an_unknown_key_is_a_warning_with_the_nearest_one_and_an_error_when_strict(
    digest: Digest,
) -> None:
    digest.article("a", more="auther: Jane Roe")
    done = digest.build()
    assert (
        "warning[front-matter]: unknown field `auther`\n  --> content/world/a.md:5:1\n   | auther:"
        " Jane Roe\n" in done.stderr
    )
    assert "did you mean `authors`?" in done.stderr
    digest.build("--strict", expect=1)


def test_byte_order_mark_and_windows_line_ends_are_read(digest: Digest) -> None:
    digest.write(
        "content/world/a.md", b"\xef\xbb\xbf" + article(OK, "One.\n\nTwo.").replace(b"\n", b"\r\n")
    )
    digest.build("--strict")
    assert "<p>One.</p>\n<p>Two.</p>" in digest.page("world/2026/01/01/a/index.html")


def test_odd_files_named_like_articles_are_named(digest: Digest) -> None:
    digest.article("good")
    (digest.root / "content/world/folder.md").mkdir()
    os.mkfifo(digest.root / "content/world/pipe.md")
    (digest.root / "content/world/link.md").symlink_to("good.md")
    (digest.root / "content/loop").symlink_to(digest.root / "content")
    text = digest.build(expect=1).stderr
    for name in ("folder.md", "pipe.md", "link.md", "content/loop"):
        assert name in text
    assert not (digest.root / "output").exists()


def test_scripts_in_any_field_or_body_do_not_run(digest: Digest) -> None:
    evil = "<script>alert(1)</script>"
    more = (
        f"dek: '{evil}'\nsummary: '{evil}'\ntags: ['{evil}']\ndateline: '{evil}'\ncredits: ['photo:"
        f" {evil}']\nextra: {{x: '{evil}'}}"
    )
    body = (
        f"{evil} <img src=x onerror=alert(1)> [a](javascript:alert(1)) <a"
        " href='java&#10;script:alert(1)'>b</a> ![c](data:text/html,x)"
    )
    digest.article("a", title=f"'{evil}'", body=body, more=more)
    done = digest.build()
    assert "warning[unsafe-html]" in done.stderr
    for name, data in digest.tree().items():
        if name.endswith(".html"):
            page = data.decode().lower()
            assert "<script>alert" not in page, name
            assert "onerror" not in page
            assert 'href="javascript' not in page
            assert 'src="data:' not in page


def test_template_signs_in_content_are_shown_and_never_evaluated(digest: Digest) -> None:
    digest.article(
        "a", title="'{{ site.title }} {% raw %}'", body="{{ 7 * 7 }} {# note #} {% include 'x' %}"
    )
    digest.build("--strict")
    page = digest.page("world/2026/11/01/a/index.html")
    assert "{{ site.title }} {% raw %}" in page
    assert "{{ 7 * 7 }} {# note #} {% include" in page


def test_two_articles_of_one_address_are_both_named(digest: Digest) -> None:
    digest.article("a")
    digest.article("b", more="slug: A")
    text = digest.build(expect=1).stderr
    assert "error[collision]" in text
    assert "content/world/a.md" in text
    assert "content/world/b.md" in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("titel: x\nbase_url: https://x.example\ntimezone: UTC\n", "did you mean `title`?"),
        ("title: x\n", "`timezone` is missing"),
        ("title: x\nbase_url: https://x.example\ntimezone: Mars/Olympus\n", "unknown time zone"),
        ("title: x\nbase_url: x.example\ntimezone: UTC\n", "is not a web URL"),
        (
            "title: x\nbase_url: https://x.example\ntimezone: UTC\npagination: many\n",
            "`pagination`",
        ),
        (
            "title: x\nbase_url: https://x.example\ntimezone: UTC\ntheme: broadshet\n",
            "did you mean `broadsheet`?",
        ),
        (
            "title: x\nbase_url: https://x.example\ntimezone: UTC\ntheme_options: {acent: red}\n",
            "unknown theme option",
        ),
        ("title: [\n", "broken YAML"),
        ("", "`title` is missing"),
    ],
)
def test_a_wrong_configuration_exits_with_two(digest: Digest, text: str, words: str) -> None:
    digest.write("site.yaml", text)
    done = digest.build(expect=2)
    assert words in done.stderr
    assert "site.yaml" in done.stderr


@pytest.mark.parametrize(
    ("template", "line", "words"),
    [
        (
            "{% extends 'base.html' %}\n{% block main %}{{ page.nothing }}{% endblock %}",
            2,
            "nothing",
        ),
        ("{% extends 'base.html' %}\n\n{% if %}", 3, ""),
        ("{% include 'absent.html' %}", 0, "absent.html"),
    ],
)
def test_a_template_error_names_template_and_line(
    digest: Digest, template: str, line: int, words: str
) -> None:
    digest.article("a")
    digest.build()
    before = digest.tree()
    digest.write("theme/templates/article.html", template)
    done = digest.build(expect=1)
    assert "error[template]" in done.stderr
    assert words in done.stderr
    if line:
        assert f"templates/article.html:{line}" in done.stderr
    assert digest.tree() == before


def test_urls_that_are_left_out_and_unknown_sections_are_reported_once_where_they_are(
    digest: Digest,
) -> None:
    digest.write("site.yaml", SITE + "sections: {world: {}}\n")
    digest.article("a", body="Text.\n\nA [link](http://::bad) here.")
    for name in "bcd":
        digest.write(
            f"content/wrld/{name}.md",
            f"---\ntitle: T {name}\ndate: 2026-11-02\nauthors: [Ann Ames]\n---\n\nText.\n",
        )
    text = digest.build().stderr
    assert "warning[address]: `http://::bad` is not a URL that a page can link to" in text
    assert "content/world/a.md:9" in text
    assert text.count("warning[section]") == 1
    assert "section `wrld` is not in site.yaml (3 articles)" in text
    assert "content/wrld/b.md" in text and "did you mean `world`?" in text
