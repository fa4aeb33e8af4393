"""What an article's rights, or its withdrawal, keep back is in no file of output/."""

from __future__ import annotations

import gzip
import io
import quopri
import zipfile
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.base.diagnostics import SitegenError
from sitegen.config.load import load_config
from sitegen.content.article import parse
from sitegen.model.article import Document, Image, Rights
from sitegen.model.rights import MOST_WORDS, permitted, permitted_text, read_terms
from tests.conftest import SITE, Digest
from tests.samples import document

WORDS = [f"qword{n}x" for n in range(1, 81)]
BODY = (
    " ".join(WORDS[:40])
    + ".\n\n![alt](inside.png)\n\n## "
    + " ".join(WORDS[40:60])
    + "\n\n> "
    + " ".join(WORDS[60:])
)
SOURCES = (
    "sources:\n  post: {name: Post, home: https://post.example/, rights: %s, words: 5, license: CC"
    " BY 4.0, notice: By leave}\n"
)
FEEDS = (
    "feeds: {formats: [atom, rss, json], text: [site, section, tag, author, source], ninjs: true}\n"
    "editions: {kind: daily, email: true, epub: true, sender: Desk <d@t.example>}\nsearch: true\n"
)


def opened(data: bytes) -> str:
    """The text of an output, also of what is packed or encoded within it."""
    if data.startswith(b"PK"):
        book = zipfile.ZipFile(io.BytesIO(data))
        data = b"".join(map(book.read, book.namelist()))
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    if b"quoted-printable" in data:
        data += quopri.decodestring(data)
    return data.decode("utf-8", "replace")


def words_of(data: bytes) -> set[str]:
    text = opened(data)
    return {w for w in WORDS if w in text}


def written(digest: Digest, more: str, config: str = "", body: str = BODY) -> dict[str, bytes]:
    digest.write("site.yaml", SITE + FEEDS + config)
    digest.write("content/world/inside.png", b"\x89PNG inside")
    digest.write("content/world/top.png", b"\x89PNG top")
    digest.article("other", "Another")
    digest.article("a", "Headline", body=body, more=f"tags: [fog]\nimage: top.png\n{more}")
    digest.build()
    return digest.tree()


@pytest.mark.parametrize(
    ("show", "allowed", "pictures"),
    [
        ("full", set(WORDS), {"top", "inside"}),
        ("excerpt", set(WORDS[:5]), {"top"}),
        ("link", set(), set()),
    ],
)
@pytest.mark.parametrize("stated", ["article", "source", "host"])
def test_no_word_beyond_the_allowed_ones_leaves_the_build(
    digest: Digest, show: str, allowed: set[str], pictures: set[str], stated: str
) -> None:
    more, config = {
        "article": (f"rights: {{show: {show}, words: 5}}\n", ""),
        "source": ("source: post\n", SOURCES % show),
        "host": ("source: {url: 'https://www.post.example/a'}\n", SOURCES % show),
    }[stated]
    tree = written(digest, more, config)
    for name, data in tree.items():
        assert words_of(data) <= allowed, name
    page = tree["world/2026/11/01/a/index.html"]
    assert words_of(page) == allowed
    assert (
        words_of(tree["feed.xml"])
        == words_of(tree["rss.xml"])
        == words_of(tree["feed.json"])
        == allowed
    )
    editions = [
        data
        for name, data in tree.items()
        if name.startswith("edition/") and not name.endswith("/index.html")
    ]
    assert len(editions) > 1
    assert all(words_of(data) == allowed for data in editions)
    assert {p for p in ("top", "inside") if f"world/{p}.png" in tree} == pictures
    if stated != "article":
        assert b"By leave" in page
        assert b"CC BY 4.0" in page


def test_the_line_under_the_headline_and_the_summary_are_no_way_round(digest: Digest) -> None:
    more = (
        f"rights: {{show: excerpt, words: 5}}\ndek: {' '.join(WORDS[20:30])}\nsummary:"
        f" {' '.join(WORDS[50:60])}\n"
    )
    shown = set().union(*map(words_of, written(digest, more).values()))
    assert shown == {*WORDS[:5], *WORDS[20:25], *WORDS[50:55]}


def test_what_is_kept_back_comes_and_goes_with_the_rights(digest: Digest) -> None:
    written(digest, "source: post\n", SOURCES % "full")
    digest.write("site.yaml", SITE + FEEDS + SOURCES % "link")
    digest.build()
    for name, data in digest.tree().items():
        assert words_of(data) == set(), name
    assert "world/inside.png" not in digest.tree()


def test_a_withdrawn_article_leaves_a_page_that_says_so_and_nothing_else(digest: Digest) -> None:
    more = (
        "status: withdrawn\ndek: The dek\ncorrections: [{date: 2026-11-02, text: Taken back at"
        " request}]\naliases: [/old/]\n"
    )
    tree = written(digest, more)
    page = tree.pop("world/2026/11/01/a/index.html").decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "This article has been withdrawn." in page
    assert "Taken back at request" in page
    assert "ld+json" not in page
    assert words_of(page.encode()) == set()
    assert "The dek" not in page
    assert "fog" not in page
    record = tree.pop("world/2026/11/01/a/ninjs.json")
    assert b'"pubStatus": "canceled"' in record
    assert words_of(record) == set()
    reported = tree.pop("corrections/index.html").decode()
    assert "Taken back at request" in reported
    assert words_of(reported.encode()) == set()
    tree.pop("old/index.html")  # its old address leads to that page
    made = {name: data for name, data in tree.items() if not name.endswith(".css")}
    for name, data in made.items():
        assert b"Headline" not in data, name
        assert b"/world/2026/11/01/a/" not in data, name
    assert not any(name.startswith("world/") and name.endswith(".png") for name in tree)


@pytest.mark.parametrize(
    ("line", "reported"), [("rights: some", "rights"), ("words: 0", "must lie between 1 and 1000")]
)
def test_settings_of_a_source_are_checked(digest: Digest, line: str, reported: str) -> None:
    digest.write("site.yaml", f"{SITE}sources:\n  post: {{name: Post, {line}}}\n")
    assert reported in digest.build(expect=2).stderr


SPELLINGS = {
    "link": ["link", "Link", "'LINK'", "[link]", "{show: link}", "{show: Link}", "\n  show: link"],
    "excerpt": ["excerpt", "EXCERPT", "{show: excerpt}", "{show: Excerpt, words: 60}"],
    "full": ["full", "{show: full}", "CC BY 4.0", "{license: CC0}", "© Post, all rights reserved"],
}


@pytest.mark.parametrize(
    ("show", "spelling"), [(show, s) for show, some in SPELLINGS.items() for s in some]
)
@pytest.mark.parametrize("outlet", [False, True])
def test_every_spelling_of_rights_is_read_alike(show: str, spelling: str, outlet: bool) -> None:
    if outlet:
        sources = f"sources:\n  post:\n    name: Post\n    rights: {spelling}".replace(
            "\n  show", "\n      show"
        )
        config, more = load_config(f"{SITE}{sources}\n"), "source: Post"
    else:
        config, more = load_config(SITE), f"authors: [A]\nrights: {spelling}"
    parsed = parse(
        f"---\ntitle: T\ndate: 2026-11-01\n{more}\n---\nWords.\n".encode(), "content/a.md", config
    )
    assert parsed.document, parsed.diagnostics
    assert parsed.document.rights.show == show


@pytest.mark.parametrize(
    ("spelling", "said", "help"),
    [
        ("exerpt", "`rights.show` is `exerpt`", "did you mean `excerpt`?"),
        ("links", "`rights.show` is `links`", "did you mean `link`?"),
        ("Excerp", "`rights.show` is `excerp`", "did you mean `excerpt`?"),
        ("headline", "`rights.show` is `headline`", "write full, excerpt or link"),
        ("{show: none}", "`rights.show` is `none`", "write full, excerpt or link"),
        ("{shows: link}", "unknown key `shows` in `rights`", "did you mean `show`?"),
        ("{show: excerpt, words: many}", "`rights.words` must be a number from 1 to 1000", ""),
        ("{show: excerpt, words: true}", "`rights.words` must be a number from 1 to 1000", ""),
        ("false", "`rights` must be a word or a mapping", "write full, excerpt or link"),
    ],
)
def test_what_rights_cannot_mean_is_an_error(spelling: str, said: str, help: str) -> None:
    text = f"---\ntitle: T\ndate: 2026-11-01\nauthors: [A]\nrights: {spelling}\n---\nWords.\n"
    parsed = parse(text.encode(), "content/a.md", load_config(SITE))
    assert parsed.document is None
    [problem] = parsed.diagnostics
    assert (problem.message, problem.line) == (said, 5)
    assert help in problem.help
    with pytest.raises(SitegenError) as found:
        load_config(f"{SITE}sources:\n  post:\n    name: Post\n    rights: {spelling}\n")
    [problem] = found.value.diagnostics
    assert (problem.message, problem.line) == (said.replace("`rights", "`sources.post.rights"), 7)
    assert help in problem.help


def test_a_licence_is_no_word_of_what_may_be_shown() -> None:
    for licence in ("mit", "proprietary", "CC BY 4.0"):
        text = f"---\ntitle: T\ndate: 2026-11-01\nauthors: [A]\nlicense: {licence}\n---\nW.\n"
        parsed = parse(text.encode(), "content/a.md", load_config(SITE))
        assert parsed.document
        assert (parsed.document.rights.show, parsed.document.rights.license) == ("full", licence)


def test_a_link_keeps_the_words_of_its_editor(digest: Digest) -> None:
    tree = written(digest, "rights: link\nsummary: Worth it for the third paragraph alone.\n")
    assert b"Worth it for the third paragraph alone." in tree["index.html"]
    assert b"Worth it for the third paragraph alone." in tree["feed.xml"]
    assert all(not words_of(data) for data in tree.values())


def test_a_summary_that_repeats_a_text_which_is_only_linked_is_reported(digest: Digest) -> None:
    digest.article(
        "a",
        "Headline",
        body=BODY,
        more=f"rights: link\nsummary: Our words. {' '.join(WORDS[3:12])}.\n",
    )
    assert "`summary` repeats the text" in digest.run("build").stderr
    assert all(not words_of(data) for data in digest.tree().values())


SENTENCES = st.lists(
    st.lists(st.sampled_from("fog harbour clock tide lamp rope".split()), min_size=3, max_size=9),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sentences=SENTENCES,
    show=st.sampled_from(["link", "excerpt"]),
    words=st.integers(1, 30),
    form=st.integers(0, 3),
)
def test_no_sentence_that_is_withheld_is_in_any_output(
    digest: Digest, sentences: list[list[str]], show: str, words: int, form: int
) -> None:
    marks = iter(range(10_000))
    reported = [" ".join(f"{w}{next(marks):04}z" for w in s) for s in sentences]
    texts = ["{}.", "## {}\n", "- {}", "> {}"]
    body = "\n\n".join(texts[(form + n) % 4].format(s) for n, s in enumerate(reported))
    terms = "link" if show == "link" else f"{{show: excerpt, words: {words}}}"
    tree = written(digest, f"rights: {terms}\n", body=body)
    allowed = set(" ".join(reported).split()[:words]) if show == "excerpt" else set()
    withheld = set(" ".join(reported).split()) - allowed
    for name, data in tree.items():
        text = opened(data)
        assert not {w for w in withheld if w in text}, name


@pytest.mark.parametrize(
    ("value", "terms"),
    [
        ("excerpt", {"show": "excerpt"}),
        ("Full", {"show": "full"}),
        ("\uff4c\uff49\uff4e\uff4b", {"show": "link"}),  # of full width
        (
            "With a link to the full report of Post",
            {"license": "With a link to the full report of Post"},
        ),
        (["link"], {"show": "link"}),
        ("CC BY 4.0", {"license": "CC BY 4.0"}),
        ("https://post.example/terms", {"license": "https://post.example/terms"}),
        ({"show": "link", "holder": "Post", "notice": ""}, {"show": "link", "holder": "Post"}),
        ({"show": "excerpt", "words": 20}, {"show": "excerpt", "words": 20}),
        ("", {}),
        (None, {}),
    ],
)
def test_terms_as_they_are_written(value: Any, terms: dict[str, Any]) -> None:
    assert read_terms(value) == (terms, [])


@pytest.mark.parametrize(
    ("value", "show", "problem"),
    [
        ("exerpt", "link", "`rights.show` is `exerpt`"),
        ({"show": "ful"}, "link", "`rights.show` is `ful`"),
        ("show: link", "link", "`rights.show` is `show: link`"),
        ("full; link", "link", "`rights.show` is `full; link`"),
        ("LINK-ONLY", "link", "`rights.show` is `link-only`"),
        ("kein", "link", "`rights.show` is `kein`"),
        ({"show": ["link"]}, "link", "`rights.show` is `['link']`"),
        ({"show": ""}, None, "`rights.show` is empty"),
        ({"SHOW": "link"}, None, "unknown key `SHOW` in `rights`"),
        ({"shwo": "link"}, None, "unknown key `shwo` in `rights`"),
        ({"show": "excerpt", "words": 0}, "excerpt", "`rights.words` must be a number"),
        ({"show": "excerpt", "words": MOST_WORDS + 1}, "excerpt", "`rights.words` must be"),
        ({"show": "excerpt", "words": True}, "excerpt", "`rights.words` must be"),
        (7, None, "`rights` must be a word or a mapping"),
        (["full", "link"], None, "`rights` must be a word or a mapping"),
    ],
)
def test_a_misspelt_word_publishes_nothing_that_was_to_be_withheld(
    value: Any, show: str | None, problem: str
) -> None:
    terms, ((message, hint),) = read_terms(value)
    assert terms.get("show") == show
    assert message.startswith(problem)
    assert hint


def test_below_another_key_every_text_is_a_licence() -> None:
    assert read_terms("excerpts", "license") == ({"license": "excerpts"}, [])
    assert read_terms("excerpt", "license") == ({"show": "excerpt"}, [])


WHOLE = document(
    "tide",
    dek="one two three",
    summary="one two three four",
    dateline="SALM",
    image=Image("/a.jpg"),
    assets=("/a.jpg", "/b.jpg"),
    tags=("oil",),
    extra={"k": 1},
)


def shown(**values: Any) -> Document:
    """What may be shown of an article with ``values``."""
    return permitted(replace(WHOLE, **values))


def test_a_full_article_stays_as_it_is() -> None:
    assert shown() == WHOLE


def test_an_excerpt_is_short_everywhere() -> None:
    one = shown(rights=Rights("excerpt", 2))
    assert (one.dek, one.summary) == ("one two …", "one two …")
    assert (one.image, one.assets) == (Image("/a.jpg"), ("/a.jpg",))


@pytest.mark.parametrize(("own", "summary"), [(True, "one two three four"), (False, "")])
def test_a_link_keeps_a_summary_of_the_editors_own(own: bool, summary: str) -> None:
    one = shown(rights=Rights("link"), summarised=own)
    assert one.summary == summary
    assert (one.dek, one.dateline, one.image, one.assets) == ("", "", None, ())
    assert one.title == "Tide"


def test_of_a_withdrawn_article_its_title_is_left() -> None:
    one = shown(status="withdrawn")
    assert (one.title, one.tags, one.summary, one.image, one.extra) == ("Tide", (), "", None, {})


@pytest.mark.parametrize(
    ("show", "html"),
    [("full", "<p>one <b>two</b> three</p>"), ("excerpt", "<p>one two …</p>"), ("link", "")],
)
def test_the_text_as_far_as_it_may_be_shown(show: Any, html: str) -> None:
    assert permitted_text("<p>one <b>two</b> three</p>", show, 2) == html


def test_a_length_without_an_excerpt_publishes_nothing() -> None:
    config = load_config(SITE)
    head = "title: A\ndate: 2026-11-01\nauthors: [Bo Ek]\nrights: {words: 5}"
    parsed = parse(f"---\n{head}\n---\n\nText.\n".encode(), "content/a.md", config)
    assert parsed.document is None
    assert "`rights.words` is the length of an excerpt" in parsed.diagnostics[0].message


def test_a_length_for_the_excerpt_that_an_article_becomes_is_fine() -> None:
    head = "title: A\ndate: 2026-11-01\nauthors: [Bo Ek]\nrights: {words: 5}"
    text = f"---\n{head}\nexpires_at: 2027-01-01\non_expiry: excerpt\n---\n\nText.\n"
    parsed = parse(text.encode(), "content/a.md", load_config(SITE))
    assert parsed.document and parsed.document.rights.words == 5


@pytest.mark.parametrize(
    "source",
    [
        "canonical: https://m.post.example/a",
        "canonical: https://amp.post.example:443/a",
        "source: {url: 'https://WWW.Post.example/a'}",
        'source: {name: "Po\\u0301st"}',
        "source: PÓST",
    ],
)
def test_the_rights_of_an_outlet_hold_whatever_way_it_is_named(source: str) -> None:
    outlet = "sources: {p: {name: Póst, home: 'https://post.example/', rights: link}}\n"
    config = load_config(SITE + outlet)
    head = f"title: A\ndate: 2026-11-01\nauthors: [Bo Ek]\n{source}"
    parsed = parse(f"---\n{head}\n---\n\nText.\n".encode(), "content/a.md", config)
    assert parsed.document is not None
    assert parsed.document.rights.show == "link"
