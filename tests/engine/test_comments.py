"""What a digest says about an article is shown whole and as its own, wherever the article is; no
text of a source passes for it."""

from __future__ import annotations

import json
import random
import re
import zipfile
from email import message_from_bytes
from email.policy import default
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from sitegen.engine.build import build
from sitegen.engine.options import BuildOptions
from sitegen.model.views import SearchRecord, Shard
from sitegen.render.search_shard import shard_files
from tests.conftest import NOW, SITE

FOLDER = Path(__file__).parents[2] / "themes"
THEMES = sorted(path.name for path in FOLDER.iterdir() if path.name != "base")
RIGHTS = ("full", "{show: excerpt, words: 3}", "link", "{show: excerpt, words: 1}")
# What a source could write to look like a comment.
FORGED = (
    '<div class="comment" role="note"><p class="comment-by">Comment · Ruta</p>'
    "<p>forged{n}</p></div>"
    '\n\n<blockquote class="comment"><p><strong>Comment · Ruta</strong></p></blockquote>\n\n'
    "Comment · Ruta: forged{n} says the source.\n\n"
)
MARKED = re.compile(r'<(div|aside|blockquote) class="(?:note )?comment"[^>]*>(.*?)</\1>', re.DOTALL)
EDITIONS = "editions: {kind: monthly, email: true, epub: true}\nfeeds: {ninjs: true}\n"


def words(number: int) -> str:
    """A comment that is longer than any excerpt, with letters that need escaping."""
    middle = " ".join(f"c{number}w{n}" for n in range(70))
    return f"begin{number} <b>{middle}</b> & so\n\non until end{number}"


def site(root: Path, theme: str, seed: int) -> list[str]:
    """A site of articles with all rights, every second one with a comment; which rights."""
    rng = random.Random(seed)
    (root / "site.yaml").write_text(f"{SITE}theme: {theme}\n{EDITIONS}")
    rights = [rng.choice(RIGHTS) for _ in range(8)]
    for n, right in enumerate(rights):
        comment = json.dumps({"text": words(n), "by": "Ruta Lind"}) if n % 2 else '""'
        body = FORGED.format(n=n) + " ".join(f"s{n}w{k}" for k in range(80))
        source = f"{{name: Post, url: 'https://post.example/{n}'}}"
        path = root / f"content/news/a{n}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\ntitle: Article {n}\ndate: 2026-11-{n + 1:02}\nsource: {source}\n"
            f"rights: {right}\ntags: [quay]\ncomment: {comment}\n---\n\n{body}\n"
        )
    build(BuildOptions(root=str(root), now=NOW, jobs=1))
    return rights


def texts(root: Path) -> dict[str, str]:
    """Every output as text; those of an EPUB by their own names."""
    out = {}
    for path in (root / "output").rglob("*"):
        name = path.relative_to(root / "output").as_posix()
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as book:
                for one in book.namelist():
                    out[f"{name}/{one}"] = book.read(one).decode("utf-8", "replace")
        elif path.suffix == ".eml":
            mail = message_from_bytes(path.read_bytes(), policy=default)
            for part in mail.walk():
                if not part.is_multipart():
                    out[f"{name}/{part.get_content_type()}"] = part.get_content()
        elif path.is_file():
            out[name] = path.read_text("utf-8", "replace")
    return out


def plain(text: str) -> str:
    """``text`` as a person reads it, also where it is HTML within XML or JSON."""
    text = text.replace("\\n", " ").replace('\\"', '"')
    for _ in range(3):
        text = unescape(text)
    return " ".join(re.sub(r"</?(?:p|strong|blockquote|div|span)\b[^>]*>", " ", text).split())


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "theme"), [*enumerate(THEMES, 1)])
def test_no_comment_is_cut_and_no_text_of_a_source_is_one(
    tmp_path: Path, theme: str, seed: int
) -> None:
    rights = site(tmp_path, theme, seed)
    outputs = texts(tmp_path)
    for n, right in enumerate(rights):
        said = " ".join(words(n).split())
        shown = {name for name, text in outputs.items() if f"begin{n} " in plain(text)}
        if n % 2 == 0:
            assert shown == set()
            continue
        cut = {name for name in shown if said not in plain(outputs[name])}
        assert cut == set(), right
        own = f"news/2026/11/{n + 1:02}/a{n}"
        assert shown >= {
            f"{own}/index.html",
            f"{own}/ninjs.json",
            *(["index.html"] if n == len(rights) - 1 else []),
            "feed.xml",
            "feed.json",
            "rss.xml",
            "news/index.html",
            "news/feed.xml",
            "edition/2026-11/index.html",
            "edition/2026-11/email.html",
            "edition/2026-11/email.txt",
            "edition/2026-11/email.eml/text/html",
            "edition/2026-11/email.eml/text/plain",
        }
        assert any(".epub/" in name for name in shown)
    for name, text in outputs.items():
        for _, inside in MARKED.findall(unescape(text.replace('\\"', '"'))):
            assert "forged" not in inside, name
            assert re.search(r"\bs\dw\d", inside) is None, name


@pytest.mark.parametrize(("show", "count"), [("full", 0), ("excerpt", 3), ("link", 0)])
def test_search_finds_the_whole_comment_and_no_more_of_the_text(show: Any, count: int) -> None:
    one = SearchRecord(
        "/a/", "Article", "2026-11-01", 0, "news", "Post", (), "", words(1), show, count, "a"
    )
    body = f"<p>{' '.join(f's1w{k}' for k in range(80))}</p>"
    files = shard_files(Shard("search/index/en/1", "en", (one,)), lambda _: body)
    (said,) = (json.loads(data) for name, data in files.items() if name.startswith("texts."))
    ((comment, found),) = said
    assert comment == words(1)
    assert "begin1" not in found
    assert len(re.findall(r"\bs1w\d+", found)) == {"full": 80, "excerpt": 3, "link": 0}[show]


def test_a_link_post_leads_to_its_source(tmp_path: Path) -> None:
    source = "source: {name: Post, url: 'https://post.example/1'}"
    (tmp_path / "site.yaml").write_text(SITE)
    (tmp_path / "content/news").mkdir(parents=True)
    for name, more in {
        "link": "rights: link\ncomment: Read it",
        "silent": "rights: link",
        "own": "rights: link\ncomment: Read it\npermalink: own",
        "full": "permalink: source",
        "gone": "permalink: source\nstatus: withdrawn",
    }.items():
        head = f"title: Called {name}\ndate: 2026-11-20\n{source}\n{more}"
        (tmp_path / f"content/news/{name}.md").write_text(f"---\n{head}\n---\nText.\n")
    build(BuildOptions(root=str(tmp_path), now=NOW, jobs=1))
    page = (tmp_path / "output/news/index.html").read_text()
    found = re.findall(r'<h\d class="headline p-name"><a [^>]*href="([^"]+)">Called (\w+)', page)
    leads = {name: url for url, name in found}
    assert leads == {
        "link": "https://post.example/1",
        "silent": "/news/2026/11/20/silent/",
        "own": "/news/2026/11/20/own/",
        "full": "https://post.example/1",
    }
    assert 'href="/news/2026/11/20/link/"' in page
    own = (tmp_path / "output/news/2026/11/20/full/index.html").read_text()
    headline = re.search(r"<h1.*?</h1>", own)
    assert headline is not None
    assert "https://post.example/1" in headline[0]


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_the_words_of_an_edition_are_in_all_its_forms(tmp_path: Path, theme: str) -> None:
    site(tmp_path, theme, 5)
    (tmp_path / "content/editions").mkdir()
    (tmp_path / "content/editions/2026-11.yaml").write_text(
        "intro: 'Good <morning>'\noutro: {text: Until Friday, by: Ruta}\narticles:\n"
        "- {article: content/news/a1.md, comment: In this edition only}\n"
    )
    build(BuildOptions(root=str(tmp_path), now=NOW, jobs=1))
    outputs = {name: plain(text) for name, text in texts(tmp_path).items()}
    folder = "edition/2026-11"
    letters = ("email.html", "email.txt", "email.eml/text/html", "email.eml/text/plain")
    pages = {f"{folder}/{name}" for name in ("index.html", *letters)}
    book = f"{folder}/2026-11.epub/EPUB"
    shown = {
        words: {name for name, text in outputs.items() if words in text}
        for words in ("Good <morning>", "Until Friday", "In this edition only")
    }
    assert shown["Good <morning>"] == {*pages, f"{book}/front.xhtml"}
    assert shown["Until Friday"] == {*pages, f"{book}/end.xhtml"}
    assert shown["In this edition only"] >= pages
    assert "news/index.html" not in shown["In this edition only"]
    assert all("begin1 " not in outputs[name] for name in pages)  # that of the article gives way
    assert outputs[f"{folder}/index.html"].index("Article 1") < outputs[
        f"{folder}/index.html"
    ].index("Article 7")
