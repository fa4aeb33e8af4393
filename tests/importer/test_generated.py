"""Twenty synthetic files of every kind: each article arrives once, with the fields that its file
says, and nothing else does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import pytest

from sitegen.config.load import load_config
from sitegen.importer import model
from sitegen.importer.archives import open_zip
from sitegen.importer.detect import detect
from sitegen.importer.formats.recognise import kind_of_zip, refined
from sitegen.importer.kept import words_in
from sitegen.importer.model import ImportedItem, ImportOptions, ImportReport
from sitegen.importer.run import import_all
from tests.importer.generate import feeds, lists, office, press, saved, systems
from tests.importer.generate.articles import Article, make_articles

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
FILES = 20
ALL = ("authors", "date", "source", "section", "page", "lang")


class Kind(NamedTuple):
    """How files of a kind are made, what of an article they say, and how many each holds."""

    make: Callable[[Sequence[Article]], bytes]
    suffix: str
    says: tuple[str, ...]
    most: int = 5
    has_text: bool = True
    skips: int = 0  # parts of each file that are no articles


LINK = ("url",)
KINDS = {
    "lexisnexis txt": Kind(press.lexis_nexis, ".txt", ALL),
    "nexis uni txt": Kind(press.nexis_uni, ".txt", ALL),
    "nexis uni docx": Kind(press.nexis_uni_docx, ".docx", ALL),
    "nexis uni rtf": Kind(press.nexis_uni_rtf, ".rtf", ALL),
    "lexisnexis html": Kind(press.nexis_html, ".html", ("authors", "date", "source", "page")),
    "factiva txt": Kind(press.factiva, ".txt", ("authors", "date", "source", "page")),
    "factiva codes": Kind(press.factiva_codes, ".txt", ALL),
    "factiva rtf": Kind(press.factiva_rtf, ".rtf", ALL),
    "factiva html": Kind(press.factiva_html, ".html", ALL),
    "proquest": Kind(press.proquest, ".txt", ("authors", "date", "source", "page", "lang")),
    "ebsco": Kind(press.ebsco, ".txt", ("authors", "date", "source", "page")),
    "pressreader": Kind(press.press_reader, ".txt", ("authors", "date", "source", "page")),
    "europresse": Kind(press.europresse, ".html", ("authors", "date", "source", "page")),
    "iptc 7901": Kind(press.iptc, ".txt", ("authors", "date")),
    "anpa 1312": Kind(press.anpa, ".txt", ("date",)),
    "copied text": Kind(feeds.copied, ".txt", ("authors", "date", "lang"), 1),
    "markdown": Kind(feeds.markdown, ".md", ("authors", "date"), 1),
    "rss": Kind(feeds.rss, ".xml", ("authors", "date", "url")),
    "atom": Kind(feeds.atom, ".xml", ("authors", "date", "url")),
    "json feed": Kind(feeds.json_feed, ".json", ("authors", "date", "url")),
    "newsml g2": Kind(feeds.newsml, ".xml", ("authors", "date", "lang")),
    "wordpress": Kind(feeds.wordpress, ".xml", ("date", "url")),
    "mail": Kind(feeds.mail, ".eml", ("date",), 1),
    "mbox": Kind(feeds.mailbox, ".mbox", ("date",)),
    "maildir": Kind(feeds.maildir, ".zip", ("date",)),
    "docx": Kind(office.note_docx, ".docx", ("authors", "date"), 1),
    "odt": Kind(office.note_odt, ".odt", ("authors", "date"), 1),
    "flat odt": Kind(office.note_flat_odt, ".fodt", ("authors", "date"), 1),
    "rtf": Kind(office.note_rtf, ".rtf", ("authors", "date"), 1),
    "pdf": Kind(office.pdf, ".pdf", ("authors", "date"), 1),
    "epub": Kind(office.epub, ".epub", (), skips=2),
    "page": Kind(saved.html, ".html", ("authors", "date", "source", "url", "lang"), 1),
    "singlefile": Kind(saved.singlefile, ".html", ("authors", "date", "source", "url"), 1),
    "mhtml": Kind(saved.mhtml, ".mhtml", ("authors", "date", "source", "url"), 1),
    "webarchive": Kind(saved.webarchive, ".webarchive", ("authors", "date", "source", "url"), 1),
    "har": Kind(saved.har, ".har", ("authors", "date", "source", "url")),
    "warc": Kind(saved.warc, ".warc", ("authors", "date", "source", "url")),
    "warc.gz": Kind(saved.warc_gz, ".warc.gz", ("authors", "date", "source", "url")),
    "wacz": Kind(saved.wacz, ".wacz", ("authors", "date", "source", "url")),
    "table": Kind(lists.table, ".csv", ("authors", "date", "source", "section", "page", "url")),
    "json articles": Kind(lists.json_articles, ".json", ("authors", "date", "source", "url")),
    "pocket csv": Kind(lists.pocket_csv, ".csv", LINK, has_text=False),
    "pocket html": Kind(lists.pocket_html, ".html", LINK, has_text=False),
    "instapaper": Kind(lists.instapaper_csv, ".csv", LINK, has_text=False),
    "raindrop csv": Kind(lists.raindrop_csv, ".csv", LINK, has_text=False),
    "raindrop json": Kind(lists.raindrop_json, ".json", LINK, has_text=False),
    "pinboard": Kind(lists.pinboard, ".json", LINK, has_text=False),
    "pinboard xml": Kind(lists.pinboard_xml, ".xml", LINK, has_text=False),
    "google reader": Kind(lists.google_reader, ".json", ("date", "source", "url")),
    "folders of links": Kind(lists.folders_of_links, ".json", LINK, has_text=False),
    "readwise csv": Kind(lists.readwise_csv, ".csv", LINK, has_text=False),
    "readwise json": Kind(lists.readwise_json, ".json", LINK, has_text=False),
    "readwise reader": Kind(lists.reader_json, ".json", ("date", "source", "url")),
    "wallabag": Kind(lists.wallabag, ".json", ("authors", "date", "url", "lang")),
    "bookmarks": Kind(lists.bookmarks, ".html", LINK, has_text=False),
    "ris": Kind(lists.ris, ".ris", ("authors", "date", "source", "page", "url"), has_text=False),
    "csl json": Kind(lists.csl, ".json", ("authors", "date", "source", "page"), has_text=False),
    "bibtex": Kind(lists.bibtex, ".bib", ("authors", "date", "source", "page"), has_text=False),
    "ghost": Kind(systems.ghost, ".json", ("authors", "date")),
    "movable type": Kind(systems.movable_type, ".txt", ("authors", "date")),
    "substack": Kind(systems.substack, ".zip", ("date",)),
    "medium": Kind(systems.medium, ".zip", ("date", "url")),
    "tumblr json": Kind(systems.tumblr, ".json", ("date", "url")),
    "tumblr folder": Kind(systems.tumblr_folder, ".zip", ("date",)),
    "mastodon": Kind(systems.mastodon, ".zip", ("date", "url"), skips=1),
    "blogger": Kind(systems.blogger, ".xml", ("date", "url")),
    "superdesk": Kind(systems.superdesk, ".json", ("authors", "date", "source", "lang")),
    "hugo": Kind(systems.hugo, ".zip", ("authors", "date"), skips=1),
    "zola": Kind(systems.zola, ".zip", ("authors", "date"), skips=1),
    "jekyll": Kind(systems.jekyll, ".zip", ("authors", "date"), skips=1),
    "pelican": Kind(systems.pelican, ".zip", ("authors", "date"), skips=1),
    "pelican reST": Kind(systems.pelican_rst, ".zip", ("authors", "date"), skips=1),
    "nikola reST": Kind(systems.nikola, ".zip", ("authors", "date"), skips=1),
    "omnivore": Kind(systems.omnivore, ".zip", ("date", "url")),
    "obsidian": Kind(systems.obsidian, ".zip", ("authors", "date")),
}


def bring(root: Path, kind: Kind) -> tuple[dict[str, Article], ImportReport]:
    """(the articles by their headlines, the report) of importing twenty files."""
    (root / "content").mkdir()
    wanted: dict[str, Article] = {}
    names = []
    for seed in range(1, FILES + 1):
        articles = make_articles(seed, 1 + seed % kind.most)
        wanted |= {article.title: article for article in articles}
        path = root / f"in-{seed}{kind.suffix}"
        path.write_bytes(kind.make(articles))
        names.append(str(path))
    report = import_all(root, load_config(SITE, "site.yaml"), names, ImportOptions())
    return wanted, report


def expected(article: Article, field: str) -> str:
    values = {
        "authors": "; ".join(article.authors),
        "date": str(article.day),
        "source": article.source,
        "section": article.section,
        "page": article.page,
        "lang": article.lang,
        "url": article.url,
    }
    return values[field]


def found(item: ImportedItem, field: str) -> str:
    value = item.fields.get(field, "")
    return value[:10] if field == "date" else value


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_as_many_articles_come_out_as_went_in(tmp_path: Path, name: str) -> None:
    kind = KINDS[name]
    wanted, report = bring(tmp_path, kind)
    counts = Counter(item.outcome for item in report.items)
    assert counts["created"] + counts["quarantined"] == len(wanted), report.items
    assert counts["created"] >= 0.95 * len(wanted), report.items
    assert counts["skipped"] == kind.skips * FILES
    assert counts["failed"] == 0
    assert all(item.share is not None for item in report.items if item.fields)
    read = {item.title: item for item in report.items if item.outcome == "created"}
    assert not set(read) - set(wanted)
    wrong = [
        (title, field, found(item, field), expected(wanted[title], field))
        for title, item in read.items()
        for field in kind.says
        if found(item, field) != expected(wanted[title], field)
    ]
    assert len(wrong) <= 0.02 * len(read) * max(1, len(kind.says)), wrong
    for title, item in read.items() if kind.has_text else ():
        text = (tmp_path / item.path).read_text().split("\n---\n", 1)[1]
        assert share(wanted[title].text, text) > 0.97, (title, text)
        assert share(text, wanted[title].text) > 0.97, (title, text)
        assert (item.share or 0) > 0.9, title


def share(of: str, inside: str) -> float:
    """How many of the words of one text are in another."""
    plain = re.sub(r"\n+", " ", inside)
    here, there = Counter(words_in(of)), Counter(words_in(plain))
    return sum((here & there).values()) / max(1, sum(here.values()))


# Kinds of `model.Kind` that are no form of articles: what holds other files, what names feeds or
# pages to fetch, what is refused, and what plugins read.
NO_ARTICLES = frozenset("zip gzip opml urls xml json binary empty plugin".split())
OF_FOLDERS = {"posts": "substack", "outbox": "mastodon"}  # they are known by their files


def kind_of(data: bytes, name: str) -> str:
    found = refined(detect(data, name), data, name)
    return kind_of_zip(open_zip(data, name)) if found == "zip" else found


def test_every_kind_of_input_is_among_them() -> None:
    """So the share of words kept is measured for each (see the test above)."""
    articles = make_articles(1, 2)
    found = {kind_of(kind.make(articles), f"in{kind.suffix}") for kind in KINDS.values()}
    assert set(OF_FOLDERS.values()) <= KINDS.keys()
    assert set(get_args(model.Kind)) - NO_ARTICLES == found - NO_ARTICLES | OF_FOLDERS.keys()


def test_the_same_seed_gives_the_same_files() -> None:
    assert make_articles(3, 2) == make_articles(3, 2)
    assert make_articles(3, 2) != make_articles(4, 2)
