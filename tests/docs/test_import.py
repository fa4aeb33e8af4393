"""The examples of docs/import.md, carried out: each source gives the article that stands below
it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.answering import answering
from tests.conftest import Digest

DOC = Path(__file__).parent.parent.parent / "docs/import.md"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.M | re.S)

AT_SOURCE = re.compile(r"note\[import\]: .* not fetched from their sources.*\n +. help: .*\n+")


CONTROLS = {0x2400 + code: chr(code) for code in range(1, 32)}  # `␁` shows SOH, and so on


class Example(NamedTuple):
    files: dict[str, str]
    command: str
    results: dict[str, str]
    first: tuple[str, ...] = ()  # Python commands to carry out before it


def examples(text: str) -> list[Example]:
    """Files, then a command, then what it makes: the next file begins the next example."""
    out: list[Example] = []
    files: dict[str, str] = {}
    for kind, name, body in BLOCK.findall(text):
        if kind == "sh":
            *first, command = body.strip().split("\n")
            out.append(Example(files, command, {}, tuple(first)))
            files = {}
        elif name.startswith("content/") or name in ("output", "stderr"):
            out[-1].results[name] = body
        else:
            files[name] = body
    return out


@contextmanager
def served(pages: dict[str, str]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *arguments: object) -> None:
            pass

    with answering(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as server:
        yield f"http://127.0.0.1:{server.server_port}"


def carry_out(
    example: Example, digest: Digest
) -> tuple[subprocess.CompletedProcess[str], dict[str, str]]:
    """(the finished command, the articles it made).

    Addresses are those of a server of our own.
    """
    pages = {
        re.sub(r"^https://[^/]+", "", n): t
        for n, t in example.files.items()
        if n.startswith("https://")
    }
    with served(pages) as here:
        hosts = {"/".join(n.split("/")[:3]) for n in example.files if n.startswith("https://")}
        for name, text in example.files.items():
            if name.startswith("https://"):
                continue
            if name == "site.yaml":
                for host in hosts:
                    text = text.replace(f'feed: "{host}', f'feed: "{here}')
            for host in hosts:  # in a list of URLs
                text = text.replace(f"\n{host}/", f"\n{here}/")
            digest.write(name, text.translate(CONTROLS))
        for line in example.first:
            subprocess.run([sys.executable, *line.split()[1:]], cwd=digest.root, check=True)
        command = example.command
        for host in hosts:
            command = command.replace(host, here)
        more = ["--allow-private"] if pages else []
        done = digest.run(*command.split()[1:], *more)
    root = digest.root
    made = (
        {
            p.relative_to(root).as_posix(): plain(p.read_text(), here, hosts)
            for p in sorted((root / "content").rglob("*.md"))
        }
        if (root / "content").exists()
        else {}
    )
    return done, made


def plain(text: str, here: str, hosts: set[str]) -> str:
    """An article without the digest of its text, and with the addresses of the example."""
    for host in hosts:
        text = text.replace(here, host)
    return re.sub(r"^(    digest: )[0-9a-f]{32}$", r"\1…", text, flags=re.M)


EXAMPLES = examples(DOC.read_text("utf-8"))


@pytest.mark.parametrize(
    "example", EXAMPLES, ids=[e.command.removeprefix("sitegen ") for e in EXAMPLES]
)
def test_example(example: Example, digest: Digest) -> None:
    done, made = carry_out(example, digest)
    assert made == {n: t for n, t in example.results.items() if n not in ("output", "stderr")}
    assert example.results.get("output", "") in done.stdout
    at_source = AT_SOURCE.search(done.stderr)
    said = done.stderr.replace(at_source[0], "") if at_source else done.stderr
    assert said.strip() == example.results.get("stderr", "").strip()
    assert bool(at_source) == any("_at_source:" in text for text in made.values())
    before = {
        p: p.read_bytes()
        for p in digest.root.rglob("*")
        if p.is_file() and ".sitegen-cache" not in p.parts
    }
    if made and not any(n.startswith("https://") for n in example.files):
        again = digest.run(*example.command.split()[1:])
        assert "created" not in again.stdout
        assert "updated" not in again.stdout
        assert before == {
            p: p.read_bytes()
            for p in digest.root.rglob("*")
            if p.is_file() and ".sitegen-cache" not in p.parts
        }
    if made:
        assert digest.build("--strict", "-D", "-F").stderr == ""


def test_every_kind_of_source_has_an_example() -> None:
    names = " ".join([*(n for e in EXAMPLES for n in e.files), *(e.command for e in EXAMPLES)])
    for part in (
        ".txt",
        ".html",
        "feed.xml",
        "atom.xml",
        "feed.json",
        ".opml",
        ".eml",
        "export.xml",
        "wire.json",
        "wire.xml",
        ".mbox",
        ".zip",
        "blog/hugo.toml",
        "zola/",
        "jekyll/",
        "hexo/",
        "pelican/",
        "nikola/",
        "eleventy/",
        "https:",
        "lexisnexis.txt",
        "nexis-uni.txt",
        "factiva.txt",
        "factiva-codes.txt",
        "proquest.txt",
        "ebsco.txt",
        "pressreader.txt",
        "europresse.html",
        "dpa.txt",
        "ap.txt",
        ".mhtml",
        ".warc",
        ".wacz",
        ".webarchive",
        "--map",
        "to-read.txt",
        "bookmarks.html",
        "pocket.csv",
        "pinboard.json",
        "raindrop.json",
        "readwise.json",
        "wallabag.json",
        ".bib",
        ".ris",
        ".docx",
        ".odt",
        ".rtf",
        ".pdf",
        ".epub",
        "ghost.json",
        "posts.csv",
        "medium/",
        "tumblr.json",
        "outbox.json",
        "superdesk.json",
        ".rst",
    ):
        assert part in names
