"""A new site: its settings by what is collected, a welcome article, and a page about it."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.yaml import quoted
from sitegen.config.load import load_config
from sitegen.config.schema import Config
from sitegen.content.discover import PAGES
from sitegen.model.base import Struct
from sitegen.scaffold.schema import SCHEMA_FILE, site_schema

_SETTINGS = """\
# yaml-language-server: $schema={schema}
# All keys: `sitegen help site-yaml`. The settings in effect: `sitegen config`.
title: {title}
base_url: {base_url}
timezone: {timezone}
language: {language}
description: {description}
theme: {theme}
search: true
share: {{cards: all, since: {day}}}  # an image for link previews of each newer article without one
check: {{address-lost: error}}  # nothing is deployed while a published URL leads nowhere
sections:
{sections}
"""


class Start(Struct, frozen=True):
    """What `init` writes for one kind of collection."""

    about: str  # as the question names it
    description: str
    sections: tuple[tuple[str, str, str], ...]  # slug, title, description
    theme: str = "broadsheet"
    more: str = ""


STARTS = {
    "letters": Start(
        "a newsletter or weekly letter, with editions",
        "What we read this week, and why it matters.",
        (
            ("news", "News", "What happened"),
            ("analysis", "Analysis", "What it means"),
            ("reading", "Worth reading", "Longer pieces from elsewhere"),
        ),
        more="""\
editions:
  kind: weekly
  title: "No. {number}, {date}"
""",
    ),
    "feeds": Start(
        "feeds of other sources, as a monitoring desk does",
        "What others report on our subject.",
        (
            ("news", "News", "What has come in"),
            ("background", "Background", "What explains it"),
            ("releases", "Releases", "From companies and public bodies"),
        ),
        theme="wire",
        more="""\
# Each source with a `feed` is fetched by `sitegen import`; rights: full, excerpt or link.
# sources:
#   gazette: {name: The Gazette, feed: "https://gazette.example/feed.xml", rights: excerpt}
""",
    ),
    "archive": Start(
        "an archive of articles, old and new",
        "Articles of many years, by date, name and subject.",
        (
            ("news", "News", "Reports"),
            ("features", "Features", "Longer pieces"),
            ("opinion", "Opinion", "Comment and letters"),
        ),
        more="pagination: 50\n",
    ),
}

_WELCOME_SLUG = "this-digest-is-ready"
_WELCOME = """\
---
title: "This digest is ready"
dek: "One article to start with; your first import removes it."
authors: [{author}]
date: {date}
tags: [start]
---

Every article is one file below `content/`: front matter, then the body.

- `sitegen import article.txt` turns a copied text or a saved page into such a file.
- `sitegen new "A headline"` starts one by hand.
- `sitegen serve --open` previews the digest, and `sitegen build` writes it to `output/`.
"""
_ABOUT = """\
---
title: {title}
kind: page
---

{description}

Write here who makes this digest, what it is made from, and how to reach you. For an imprint or a
privacy notice, run `sitegen new "Imprint" --kind page`: every page links to them.
"""
_WELCOME_FACTS = re.compile(r"^authors: \[(?P<author>.*)\]\ndate: (?P<date>\S+)$", re.M)
_ABOUT_FACTS = re.compile(r"^title: (?P<title>.*)\nkind: page\n---\n\n(?P<description>.*)\n", re.M)
_IGNORE = "/output/\n/.sitegen-cache/\n.*.sitegen-*\n"


class InitAnswers(Struct, frozen=True):
    """What `init` asks.

    ``collects`` is a key of `STARTS`.
    """

    title: str
    base_url: str
    timezone: str
    language: str
    collects: str = "letters"


def init(folder: Path, answers: InitAnswers, now: str) -> list[str]:
    """Create a site in ``folder`` at the time ``now`` (ISO 8601); the paths of its files.

    Existing files stay as they are. Raises SitegenError (exit status 2) if there is a site, or a
    setting is not valid.
    """
    settings = folder / "site.yaml"
    if settings.exists():
        help = "choose another folder"
        raise fail(
            "init", "this folder already has a site", str(settings), help=help, exit_status=2
        )
    day = datetime.fromisoformat(now)
    text = site_yaml(answers, day)
    config = load_config(text)
    moment = day.astimezone(config.zone).replace(microsecond=0)
    files = {
        "site.yaml": text,
        SCHEMA_FILE: site_schema(),
        ".gitignore": _IGNORE,
    }
    if not (folder / config.content).exists():
        name = f"{config.content}/news/{moment:%Y-%m-%d}-{_WELCOME_SLUG}.md"
        author = quoted(f"{answers.title} editors")
        files[name] = _WELCOME.format(author=author, date=moment.isoformat())
        about = f"About {answers.title}"
        description = STARTS[answers.collects].description
        files[f"{config.content}/{PAGES}/about.md"] = _ABOUT.format(
            title=quoted(about), description=description
        )
    return write_missing(folder, files)


def site_yaml(answers: InitAnswers, day: datetime) -> str:
    """The settings of a new site."""
    start = STARTS[answers.collects]
    sections = "\n".join(
        f"  {slug}: {{title: {quoted(title)}, description: {quoted(about)}}}"
        for slug, title, about in start.sections
    )
    text = _SETTINGS.format(
        schema=SCHEMA_FILE,
        title=quoted(answers.title),
        base_url=quoted(answers.base_url),
        timezone=quoted(answers.timezone),
        language=quoted(answers.language),
        description=quoted(start.description),
        theme=start.theme,
        day=f"{day:%Y-%m-%d}",
        sections=sections,
    )
    return text + start.more


def write_missing(folder: Path, files: dict[str, str]) -> list[str]:
    """Write those of ``files`` that do not exist below ``folder``; their paths."""
    written = []
    for name, content in files.items():
        path = folder / name
        if path.exists():
            continue
        try:
            write_whole(path, content.encode())
        except OSError as error:
            message = f"cannot be written: {error.strerror}"
            help = "choose a folder you may write to"
            raise fail("init", message, str(path), help=help) from None
        written.append(str(path))
    return written


def untouched_about(root: Path, config: Config) -> str:
    """The path of the page about the site that `init` wrote; empty if somebody has edited it, or
    there is none."""
    shown = f"{config.content}/{PAGES}/about.md"
    try:
        text = read_bytes(root / shown, shown).decode("utf-8", "replace")
    except SitegenError:
        return ""
    return shown if _is_untouched(text, _ABOUT, _ABOUT_FACTS) else ""


def remove_welcome(root: Path, config: Config) -> list[str]:
    """Delete the welcome article of `init` unless somebody has edited it; the paths deleted."""
    removed = []
    for path in sorted((root / config.content).glob(f"news/*-{_WELCOME_SLUG}.md")):
        text = read_bytes(path, path.name).decode("utf-8", "replace")
        if _is_untouched(text, _WELCOME, _WELCOME_FACTS):
            path.unlink()
            removed.append(path.relative_to(root).as_posix())
    return removed


def _is_untouched(text: str, template: str, facts: re.Pattern[str]) -> bool:
    """Whether ``text`` is what `init` makes of ``template`` with the ``facts`` that are in it."""
    found = facts.search(text)
    return found is not None and text == template.format(**found.groupdict())
