"""`sitegen check` as an editor meets it: what is wrong is found, with its line, and what is right
is left alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from sitegen.check.run import ASKING, BUILT, FUNCTIONS
from sitegen.config.check_rules import RULES
from tests.conftest import NOW, SITE, Digest

GOOD = "A first line with more than three words."


def found(digest: Digest, *arguments: str, expect: int | None = None) -> list[dict[str, Any]]:
    """What `sitegen check --json` reports."""
    return list(
        json.loads(digest.run("check", "--now", NOW, "--json", *arguments, expect=expect).stdout)[
            "diagnostics"
        ]
    )


def codes(digest: Digest, *arguments: str) -> list[tuple[str, str]]:
    return [(d["code"], d["level"]) for d in found(digest, *arguments)]


def test_each_rule_has_one_function() -> None:
    names = [name for group, _ in FUNCTIONS for name in group] + [*ASKING, *BUILT]
    assert sorted(names) == sorted(RULES)


def test_a_good_article_is_left_alone(digest: Digest) -> None:
    digest.article("a", body=GOOD, more="tags: [x]")
    done = digest.run("check", "--now", NOW, "--strict")
    assert done.stderr == ""
    assert done.stdout.startswith("1 article checked: ")
    assert ": no problems" in done.stdout
    assert not (digest.root / "output").exists()


def test_the_sample_digest_is_in_order(digest: Digest) -> None:
    sample = Path(__file__).parents[2]
    shutil.copytree(sample / "content", digest.root / "content")
    shutil.copy(sample / "site.yaml", digest.root)
    digest.run("check", "--now", "2026-11-25T12:00:00+00:00", "--strict")
    assert found(digest, "--now", "2026-11-25T12:00:00+00:00") == []


def test_broken_links_are_reported_with_their_line(digest: Digest) -> None:
    digest.article(
        "a",
        body=(
            "One.\n\nTwo [x](/world/nowhere/) and [y](/world/2026/11/01/b/) and"
            " [self](https://t.example/tags/none/)."
        ),
    )
    digest.article("b", title="B", body=GOOD)
    wrong = found(digest, expect=1)
    assert [(d["code"], d["level"], d["line"], d["column"]) for d in wrong] == [
        ("link", "error", 9, 9),
        ("link", "error", 9, 67),
    ]
    assert "`/world/nowhere/` leads nowhere" in wrong[0]["message"]
    assert wrong[0]["path"] == "content/world/a.md"
    assert wrong[0]["snippet"].startswith("Two [x]")


def test_an_address_is_suggested_where_its_name_is_near(digest: Digest) -> None:
    digest.article(
        "storm",
        body=(
            "To [x](/world/2026/11/01/strom/), [y](/world/2026/11/01/quiet/), [z](/wrld/) and"
            " [q](/nope/) here."
        ),
    )
    assert [d["help"] for d in found(digest, expect=1)] == [
        "did you mean `/world/2026/11/01/storm/`?",
        "correct or remove the link",
        "did you mean `/world/`?",
        "correct or remove the link",
    ]


def test_links_to_what_is_not_shown_say_why(digest: Digest) -> None:
    digest.article(
        "a",
        body="[d](/world/2026/11/01/draft/) [l](/world/2026/12/01/late/) [n](/world/2026/11/01/b)",
    )
    digest.article("draft", more="status: draft")
    digest.article(
        "late",
        title="Late",
        date="2026-12-01T10:00:00+01:00",
        body="[ok](/world/2026/11/01/b/) Another text entirely.",
    )
    digest.article("b", title="B", body=GOOD, more="url: /world/2026/11/01/b/")
    wrong = {d["message"]: d["level"] for d in found(digest, "-r", "link", "-r", "link-moved")}
    assert wrong == {
        "`/world/2026/11/01/draft/` leads to an article that is not shown (draft)": "error",
        "`/world/2026/12/01/late/` leads to an article that appears later": "error",
        "`/world/2026/11/01/b` lacks the slash at its end": "note",
    }


def test_links_below_a_path_of_the_host(digest: Digest) -> None:
    digest.write("site.yaml", "title: T\nbase_url: https://t.example/news/\ntimezone: UTC\n")
    digest.article(
        "a",
        body=(
            "[one](/world/) [two](https://t.example/news/archive/) [other](https://t.example/shop/)"
            " [three](../../../../) [lost](../x/)"
        ),
    )
    assert [d["message"] for d in found(digest)] == ["`../x/` leads nowhere"]


def test_links_and_pictures_without_an_address_that_can_be_read(digest: Digest) -> None:
    body = (
        "One [word](http://::bad) and [none]().\n\n![A crane](http://[bad/x.png) <a id='x'>y</a>"
        " [good](#x)."
    )
    digest.article("a", body=body)
    wrong = found(digest, expect=1)
    assert [(d["code"], d["message"].partition(" has ")[0], d["line"]) for d in wrong] == [
        ("link", "`word`", 7),
        ("link", "`none`", 7),
        ("link", "`A crane`", 9),
    ]


def test_anchors(digest: Digest) -> None:
    body = (
        "Note.[^1] [a](#here) [b](#gone) [c](/world/2026/11/01/b/#text-there)"
        ' [d](/world/2026/11/01/b/#there) <b id="here">x</b>'
    )
    body += "\n\n[^1]: Foot."
    digest.article("a", body=body)
    digest.article("b", title="B", body='<span id="there">Text</span> of the other article.')
    wrong = found(digest)
    assert [(d["code"], d["message"]) for d in wrong] == [
        ("anchor", "this article has no anchor `#gone`"),
        ("anchor", "`content/world/b.md` has no anchor `#there`"),
    ]
    assert wrong[1]["help"] == "write `#text-there`"


def test_pictures(digest: Digest) -> None:
    digest.write("content/images/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    digest.write(
        "content/images/signed.svg",
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:dc='http://purl.org/dc/elements/1.1/'"
        " xmlns:cc='http://creativecommons.org/ns#'><metadata><dc:creator><cc:Agent>"
        "<dc:title>R. Lind</dc:title></cc:Agent></dc:creator></metadata></svg>",
    )
    digest.write("content/images/spare.svg", "<svg/>")
    digest.article(
        "a",
        body=(
            "![](/images/a.svg)\n\n![b.svg](/images/b.svg)\n\n![A crane](/images/signed.svg) with a"
            " few words."
        ),
    )
    digest.article(
        "b",
        title="B",
        body="Credited words in full here.",
        more="image: {src: /images/c.svg, alt: C, credit: Ruta Lind}",
    )
    wrong = sorted((d["code"], d["path"].split("/")[-1], d["line"]) for d in found(digest))
    assert wrong == [
        ("image-alt", "a.md", 7),
        ("image-alt", "a.md", 9),
        ("image-credit", "a.md", 7),
        ("image-credit", "a.md", 9),
        ("link", "a.md", 9),
        ("link", "b.md", 5),
        ("media-unused", "spare.svg", 0),
    ]


def test_credits_within_pictures(digest: Digest) -> None:
    image = pytest.importorskip("PIL.Image")
    path = digest.write("content/images/a.jpg", "")
    exif = image.Exif()
    exif[0x013B] = "Ruta Lind"
    image.new("RGB", (4, 4)).save(path, exif=exif)
    image.new("RGB", (4, 4)).save(path.with_name("b.png"))
    digest.write("content/images/c.jpg", b"no picture at all")
    digest.article("a", body="![A](/images/a.jpg) ![B](/images/b.png) ![C](/images/c.jpg)")
    said = [
        "cannot be read as an image",
        "nothing says who made `/images/b.png`",
        "nothing says who made `/images/c.jpg`",
    ]
    assert [d["message"] for d in found(digest)] == said
    image.new("RGB", (4, 4)).save(digest.write("static/d.jpg", ""), exif=exif)
    digest.article("a", body="![A](/images/a.jpg) ![D](/d.jpg)")
    assert found(digest, "-r", "image-credit") == []
    digest.article(
        "a",
        body="![A](/images/a.jpg) ![B](/images/b.png) ![C](/images/c.jpg)",
        more="credits: ['photo: R. Lind']",
    )
    assert found(digest, "-r", "image-credit") == []


def test_authors(digest: Digest) -> None:
    site = "authors:\n  jane: {name: Jane Doe, aliases: [J. D.]}\n  john: {name: John Roe}\n"
    digest.write("site.yaml", (digest.root / "site.yaml").read_text() + site)
    for number, name in enumerate(["Jane Doe", "J. Doe", "J. D.", "Jon Roe", "Guest Person"]):
        head = f"title: T{number}\ndate: 2026-11-0{number + 1}\nauthors:\n- {name}"
        digest.write(
            f"content/world/{number}.md", f"---\n{head}\n---\n\nText of article number {number}.\n"
        )
    digest.write(
        "content/world/a.md",
        "---\ntitle: A\ndate: 2026-11-08\nauthors: [{name: Far Off, org: Post}]\n---\n\nSome words"
        " that stand here.\n",
    )
    assert [(d["code"], d["path"][-4:], d["line"]) for d in found(digest)] == [
        ("author-similar", "1.md", 5),
        ("author-unknown", "1.md", 5),
        ("author-alias", "2.md", 5),
        ("author-unknown", "3.md", 5),
        ("author-unknown", "4.md", 5),
    ]
    assert "did you mean `John Roe`?" in [d["help"] for d in found(digest, "-r", "author-unknown")]


def test_sources_and_rights(digest: Digest) -> None:
    site = "sources:\n  post: {name: Salm Post, rights: excerpt}\n"
    digest.write("site.yaml", (digest.root / "site.yaml").read_text() + site)
    digest.article(
        "breach", body="Words that are in breach.", more="source: Salm Post\nrights: {show: full}"
    )
    digest.article("other", title="O", body="Words of the other one.", more="source: Salm Pots")
    digest.article(
        "canon",
        title="C",
        body="Words of the canonical one.",
        more="canonical: https://other.example/x",
    )
    digest.write(
        "content/world/noone.md",
        "---\ntitle: N\ndate: 2026-11-02\nsource: Salm Post\n---\n\nNobody has written this"
        " text.\n",
    )
    assert [(d["code"], d["path"].split("/")[-1]) for d in found(digest)] == [
        ("rights-breach", "breach.md"),
        ("source-missing", "canon.md"),
        ("author-missing", "noone.md"),
        ("rights-missing", "other.md"),
        ("source-unknown", "other.md"),
    ]


def test_duplicates(digest: Digest) -> None:
    digest.article("a", title="Same", body="The same text twice over.", more="id: one")
    digest.article("b", title="Other", body="The same text twice over.", more="id: one")
    digest.article(
        "c",
        title="same ",
        body="A text of its own here.",
        more="source: {name: P, url: 'https://p.example/1', license: CC}",
    )
    digest.article(
        "d",
        title="More",
        body="Yet another text is this.",
        more="source: {name: P, url: 'https://p.example/1', license: CC}",
    )
    digest.article(
        "e",
        title="Mehr",
        body="Noch ein anderer Text hier.",
        more=(
            "source: {name: P, url: 'https://p.example/1', license: CC}\n"
            "translation_of: one\nlang: de"
        ),
    )
    assert [(d["code"], d["path"][-4:], d["line"]) for d in found(digest)] == [
        ("duplicate-text", "b.md", 1),
        ("duplicate-id", "b.md", 5),
        ("duplicate-title", "c.md", 2),
        ("duplicate-url", "d.md", 5),
    ]


def test_text_title_and_dates(digest: Digest) -> None:
    digest.article("a", title="x" * 111, body=" ")
    digest.article(
        "b",
        title="B",
        body=GOOD,
        more="updated: 2026-10-01\nexpires_at: 2026-10-15\ntranslation_of: nothing",
    )
    digest.article(
        "c",
        title="C",
        body="Words astir arsenic the day.",
        more="extra:\n  quality:\n    spun: 0.8\n    spun_words: [arsenic]",
    )
    digest.article(
        "d",
        title="D",
        body="Comes soon to all readers.",
        date="2026-11-25T10:00:00+01:00",
        more="expires_at: 2026-11-30",
    )
    digest.article(
        "e", title="E", body="Comes late to all readers.", date="2026-12-25T10:00:00+01:00"
    )
    assert [(d["code"], d["path"][-4:], d["line"]) for d in found(digest)] == [
        ("text-missing", "a.md", 1),
        ("title-long", "a.md", 2),
        ("spun", "c.md", 5),
        ("due", "d.md", 3),
        ("expiring", "d.md", 5),
    ]
    assert [d["path"][-4:] for d in found(digest, "--days", "40", "-r", "due")] == ["d.md", "e.md"]
    digest.article("b", title="B", body=GOOD, more="updated: 2026-10-01\ntranslation_of: nothing")
    assert [(d["code"], d["line"]) for d in found(digest, "content/world/b.md")] == [
        ("date-order", 5),
        ("translation-unknown", 6),
    ]


def test_drafts_are_checked_on_request(digest: Digest) -> None:
    digest.article("a", body="[x](/nowhere/)", more="status: draft")
    assert found(digest) == []
    assert codes(digest, "--drafts") == [("link", "error")]


def test_a_template_without_structured_data(digest: Digest) -> None:
    digest.article("a", body=GOOD, more="template: bare")
    digest.write(
        "theme/templates/bare.html", "<!DOCTYPE html><title>{{ page.title }}</title>{{ body }}"
    )
    assert codes(digest) == [("structured-data", "error")]
    digest.write(
        "theme/templates/bare.html",
        '<script type="application/ld+json">{"@type": "NewsArticle", "url": "/x/"}</script>',
    )
    messages = [d["message"] for d in found(digest)]
    assert "the structured data has no `headline`" in messages
    assert "the structured data has a URL that is not absolute: `/x/`" in messages
    digest.write("theme/templates/bare.html", "{{ page.nothing }}")
    assert codes(digest) == [("template", "error")]


def test_levels_of_site_yaml(digest: Digest) -> None:
    digest.article("a", title="x" * 111, body="[x](/nowhere/) and some more words.")
    assert codes(digest) == [("title-long", "warning"), ("link", "error")]
    digest.write(
        "site.yaml",
        (digest.root / "site.yaml").read_text() + "check: {title-long: error, link: off}\n",
    )
    assert codes(digest) == [("title-long", "error")]
    assert codes(digest, "--rule", "link") == [("link", "error")]
    assert "off      link " in digest.run("check", "--rules").stdout


def test_a_wrong_rule_or_level_is_refused(digest: Digest) -> None:
    site = (digest.root / "site.yaml").read_text()
    digest.write("site.yaml", site + "check: {title-lang: error}\n")
    done = digest.run("check", expect=2)
    assert "no rule `title-lang`" in done.stderr
    assert "site.yaml:4" in done.stderr
    assert "did you mean `title-long`?" in done.stderr
    digest.write("site.yaml", site + "check: {title-long: fatal}\n")
    assert "fatal" in digest.run("check", expect=2).stderr


def test_exit_status_and_annotations(digest: Digest, monkeypatch: pytest.MonkeyPatch) -> None:
    digest.article("a", title="x" * 111, body=GOOD)
    digest.run("check", "--now", NOW)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    done = digest.run("check", "--now", NOW, "--strict", expect=1)
    assert (
        "::warning file=content/world/a.md,line=2,col=1,title=title-long::the title has 111"
        " characters" in done.stderr
    )
    assert "title-long 1" in done.stdout


def test_annotations_are_escaped_and_name_files_below_the_repository(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.write(
        "content/world/50% a,b.md",
        "---\ntitle: A\ndate: 2026-11-01\nauthors: [Ann]\n---\n\n[x](/50%25,gone:here/)\n",
    )
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(digest.root.parent))
    notes = [
        line
        for line in digest.run("check", "--now", NOW, expect=1).stderr.splitlines()
        if line.startswith("::")
    ]
    assert len(notes) == 1
    command, _, message = notes[0].removeprefix("::").partition("::")
    kind, _, facts = command.partition(" ")
    told = dict(fact.split("=", 1) for fact in facts.split(","))
    assert kind == "error" and (told["line"], told["title"]) == ("7", "link")
    assert told["file"] == f"{digest.root.name}/content/world/50%25 a%2Cb.md"
    assert "/50%2525,gone:here/" in message
    digest.write("site.yaml", "title: T\n")
    notes = [
        line
        for line in digest.run("check", "--now", NOW, expect=2).stderr.splitlines()
        if line.startswith("::")
    ]
    assert notes and all(f"file={digest.root.name}/site.yaml" in note for note in notes)


def test_what_breaks_the_build_is_reported_with_the_rest(digest: Digest) -> None:
    digest.write("content/world/broken.md", "---\ntitle: [\n---\n")
    digest.article("a", body="[x](/nowhere/)")
    assert [d["code"] for d in found(digest, expect=1)] == ["link", "front-matter"]


def test_only_what_is_asked_for(digest: Digest) -> None:
    digest.article("a", body="[x](/nowhere/)")
    digest.article("b", title="B", body="[y](/nowhere/else/)")
    assert [d["path"] for d in found(digest, "content/world/b.md")] == ["content/world/b.md"]
    assert len(found(digest, "content/world")) == 2
    digest.run("check", "content/none.md", expect=2)


def test_more_than_fifty_problems_begin_with_the_errors(digest: Digest) -> None:
    for number in range(60):
        digest.article(f"a{number:02}", title=f"T{number}" + "x" * 111, body=f"{GOOD} {number}")
    digest.article("z", body="[x](/nowhere/)")
    done = digest.run("check", "--now", NOW, expect=1)
    assert done.stderr.startswith("error[link]")
    assert "and 11 more" in done.stderr


def test_a_second_check_finds_the_same(digest: Digest) -> None:
    digest.article("a", body="[x](/nowhere/) ![](/images/b.svg)")
    digest.write("content/images/b.svg", "<svg/>")
    first = found(digest)
    assert sorted(d["code"] for d in first) == ["image-alt", "image-credit", "link"]
    assert found(digest) == first
    digest.build()
    assert found(digest) == first


def test_the_sample_digest_has_no_errors(digest: Digest) -> None:
    import shutil
    from pathlib import Path

    root = Path(__file__).parent.parent.parent
    shutil.copytree(root / "content", digest.root / "content")
    shutil.copy(root / "site.yaml", digest.root)
    levels = {level for _, level in codes(digest)}
    assert "error" not in levels


def test_e_mails_that_are_too_large_are_reported(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "editions: {kind: monthly, email: true}\n")
    for number in range(9):
        digest.article(f"a{number}", title=f"Title {number}", body=f"{GOOD} {number}")
    asked = ("-r", "email-size")
    assert found(digest, *asked) == []
    digest.write("theme/templates/email.html", f"<p>{'x' * 105_000}{{{{ letter.left }}}}</p>")
    [wrong] = found(digest, *asked)
    assert wrong["path"].endswith("/email.html")
    assert "bytes; mail programs cut" in wrong["message"]
    many = (
        "{% for s in letter.sections %}{% for a in s.articles %}"
        + "y" * 20_000
        + "{% endfor %}{% endfor %}"
    )
    digest.write("theme/templates/email.html", f"<p>{many}</p>")
    [wrong] = found(digest, *asked)
    assert "omits 5 articles" in wrong["message"]
    (digest.root / "theme/templates/email.html").unlink()
    assert found(digest, *asked) == []


def test_an_article_with_a_table_is_checked(digest: Digest) -> None:
    digest.write("content/world/crates.csv", "Month,Crates\nMay,3\n")
    digest.article("a", body="![Crates](crates.csv)")
    assert codes(digest) == []
    digest.write("content/world/crates.csv", "Month,Crates\nMay\n")
    assert codes(digest) == [("data", "error")]
