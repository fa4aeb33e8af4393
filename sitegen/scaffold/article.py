"""A new article, from the site's archetype or sitegen's own."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from sitegen.base.diagnostics import fail, nearest
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.text import slugify
from sitegen.base.yaml import quoted, scalar
from sitegen.config.schema import Config
from sitegen.content.article import clean_text, parse
from sitegen.content.frontmatter import decode

_NEW = """\
---
title: {title}
dek: ""
authors: {authors}
date: {date}
status: draft
section: {section}
tags: []
summary: ""
---

"""
ARCHETYPES = "archetypes"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_SAFE = re.compile(r"[A-Za-z0-9][\w:+.-]*")
_BEFORE = re.compile(r"(?:^|[:=\[,-])\s*$")
_AFTER = re.compile(r"\s*(?:$|[,\]}#])")


def new(
    root: Path,
    config: Config,
    title: str,
    section: str,
    authors: tuple[str, ...],
    now: str,
    archetype: str = "",
) -> str:
    """Write an article called ``title``, a draft unless its archetype says otherwise; its path
    relative to ``root``.

    The archetype is `archetypes/NAME.md` of the site, where NAME is ``archetype``, else the
    section, else `default`. Raises SitegenError for an unknown section or archetype, an empty
    title, or an article that already exists.
    """
    title = clean_text(title)
    if not title:
        raise fail(
            "new",
            "an article needs a title",
            help='write it in quotes: sitegen new "A headline"',
            exit_status=2,
        )
    place = slugify(section) if section else next(iter(config.sections), "news")
    if section and config.sections and place not in config.sections:
        near = nearest(place, config.sections)
        hint = (
            f"did you mean `{near}`?"
            if near
            else f"choose one of: {', '.join(config.sections)}; or add it to `sections:`"
        )
        raise fail("new", f"no section `{section}` in site.yaml", help=hint, exit_status=2)
    moment = datetime.fromisoformat(now).astimezone(config.zone).replace(microsecond=0)
    slug = slugify(title)
    name = f"{config.content}/{place}/{moment:%Y-%m-%d}-{slug}.md"
    if (root / name).exists():
        raise fail("new", "already exists", name, help="choose another title")
    people = list(authors or ([config.author] if config.author else []))
    values: dict[str, str | list[str]] = {
        "title": title,
        "slug": slug,
        "section": place,
        "authors": people,
    }
    values |= {
        "author": people[0] if people else "",
        "date": moment.isoformat(),
        "day": f"{moment:%Y-%m-%d}",
        "year": f"{moment:%Y}",
    }
    origin, text = _archetype(root, place, archetype)
    filled = fill(text, values, origin)
    diagnostics = parse(filled.encode(), name, config).diagnostics
    if problem := next((d for d in diagnostics if d.level == "error"), None):
        message = f"this archetype gives no valid article: {problem.message}"
        raise fail("new", message, origin, problem.line, problem.help)
    try:
        write_whole(root / name, filled.encode())
    except OSError as error:
        raise fail(
            "new",
            f"cannot be written: {error.strerror}",
            name,
            help="check the permissions of the folder",
        ) from None
    return name


def _archetype(root: Path, section: str, name: str) -> tuple[str, str]:
    """The archetype for an article: its path and text; sitegen's own where the site has none."""
    for candidate in (name,) if name else (section, "default"):
        path = f"{ARCHETYPES}/{candidate}.md"
        if "/" not in candidate and (root / path).is_file():
            return path, decode(read_bytes(root / path, path), path)
    if name:
        existing = sorted(p.stem for p in (root / ARCHETYPES).glob("*.md"))
        hint = f"create {ARCHETYPES}/{name}.md"
        if near := nearest(name, existing):
            hint = f"did you mean `{near}`?"
        elif existing:
            hint = f"choose one of: {', '.join(existing)}"
        raise fail("new", f"no archetype `{name}`", help=hint, exit_status=2)
    return "", _NEW


def fill(text: str, values: dict[str, str | list[str]], path: str) -> str:
    """``text`` with `{title}` and the like filled in: in front matter as values that YAML, TOML and
    JSON read back, else as they are.

    Raises SitegenError for an unknown name in the front matter, and a value that would need quotes
    around it.
    """
    rows = text.split("\n")
    fence = rows[0].rstrip()
    closing = "}" if fence.startswith("{") else fence
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == closing), 0)
    head = [
        _fill_row(row, values, path, number, fence == "+++")
        for number, row in enumerate(rows[: end + 1], 1)
    ]
    return "\n".join(
        [
            *head,
            *(
                _PLACE.sub(lambda m: _plain(values[m[1]]) if m[1] in values else m[0], row)
                for row in rows[end + 1 :]
            ),
        ]
    )


def _fill_row(
    row: str, values: dict[str, str | list[str]], path: str, line: int, toml: bool
) -> str:
    def filled(match: re.Match[str]) -> str:
        before, after = row[: match.start()], row[match.end() :]
        if match[1] not in values:
            near = nearest(match[1], values)
            hint = (
                f"did you mean `{{{near}}}`?"
                if near
                else "choose one of: " + ", ".join(f"{{{name}}}" for name in values)
            )
            raise fail("new", f"unknown placeholder `{match[0]}`", path, line, hint)
        value, quote = values[match[1]], _open_quote(before)
        if quote:
            return (
                quoted(_plain(value))[1:-1]
                if quote == '"'
                else _plain(value).replace("'", "" if toml else "''")
            )
        if _BEFORE.search(before) and _AFTER.match(after):
            if isinstance(value, list):
                items = ", ".join(map(quoted, value))
                return items if before.rstrip().endswith("[") else f"[{items}]"
            bare = match[1] in ("date", "day") or (
                not toml and _SAFE.fullmatch(value) and scalar(value) == value
            )
            return value if bare else quoted(value)
        if not re.fullmatch(r"[\w .-]*", _plain(value)):
            raise fail(
                "new",
                f"`{match[0]}` needs quotes around it: `{_plain(value)}`",
                path,
                line,
                'write "… {title} …"',
            )
        return _plain(value)

    return _PLACE.sub(filled, row)


def _plain(value: str | list[str]) -> str:
    return ", ".join(value) if isinstance(value, list) else value


def _open_quote(before: str) -> str:
    """The quotation mark that is open at the end of ``before``, or an empty string.

    One inside a word opens nothing.
    """
    inside, last = "", ""
    for index, sign in enumerate(before):
        if inside:
            inside = "" if sign == inside and last != "\\" else inside
        elif sign in "\"'" and _BEFORE.search(before[:index]):
            inside = sign
        last = sign
    return inside
