"""A new article, from the site's archetype or sitegen's own."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from sitegen.base.diagnostics import did_you_mean, fail, nearest, nearest_hint
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.text import clean_text, slugify
from sitegen.base.yaml import quoted, scalar
from sitegen.config.schema import Config
from sitegen.content.article import parse
from sitegen.content.discover import PAGES
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
_NEW_PAGE = """\
---
title: {title}
kind: page
status: draft
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
    title = _title(title)
    place = slugify(section) if section else next(iter(config.sections), "news")
    if section and config.sections and place not in config.sections:
        other = f"choose one of: {', '.join(config.sections)}; or add it to `sections:`"
        hint = nearest_hint(place, config.sections, other)
        raise fail("new", f"no section `{section}` in site.yaml", help=hint, exit_status=2)
    moment = datetime.fromisoformat(now).astimezone(config.zone).replace(microsecond=0)
    name = f"{config.content}/{place}/{moment:%Y-%m-%d}-{slugify(title)}.md"
    origin, text = _archetype(
        root, (archetype,) if archetype else (place, "default"), _NEW, bool(archetype)
    )
    return _write(root, config, name, origin, text, _values(config, title, place, authors, moment))


def new_page(
    root: Path, config: Config, title: str, authors: tuple[str, ...], now: str, archetype: str = ""
) -> str:
    """Write a page called ``title``, as `new` writes an article; the archetype of pages is
    `archetypes/page.md`."""
    title = _title(title)
    moment = datetime.fromisoformat(now).astimezone(config.zone).replace(microsecond=0)
    name = f"{config.content}/{PAGES}/{slugify(title)}.md"
    origin, text = _archetype(root, (archetype or "page",), _NEW_PAGE, bool(archetype))
    return _write(root, config, name, origin, text, _values(config, title, "", authors, moment))


def _title(title: str) -> str:
    """``title`` as one line. Raises SitegenError where it is empty."""
    if cleaned := clean_text(title):
        return cleaned
    hint = 'write it in quotes: sitegen new "A headline"'
    raise fail("new", "an article needs a title", help=hint, exit_status=2)


def _values(
    config: Config, title: str, section: str, authors: tuple[str, ...], moment: datetime
) -> dict[str, str | list[str]]:
    """What archetypes may name, by its name."""
    people = list(authors or ([config.author] if config.author else []))
    return {
        "title": title,
        "slug": slugify(title),
        "section": section,
        "authors": people,
        "author": people[0] if people else "",
        "date": moment.isoformat(),
        "day": f"{moment:%Y-%m-%d}",
        "year": f"{moment:%Y}",
    }


def _write(
    root: Path,
    config: Config,
    name: str,
    origin: str,
    text: str,
    values: dict[str, str | list[str]],
) -> str:
    """Write the archetype ``text``, which is that of the file ``origin``, as the file ``name``,
    with ``values`` filled in; its path."""
    if (root / name).exists():
        raise fail("new", "already exists", name, help="choose another title")
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


def _archetype(
    root: Path, names: tuple[str, ...], own: str, required: bool = False
) -> tuple[str, str]:
    """The first archetype of ``names`` that the site has: its path and text; else sitegen's
    ``own``, unless one is ``required``."""
    for candidate in names:
        path = f"{ARCHETYPES}/{candidate}.md"
        if "/" not in candidate and (root / path).is_file():
            return path, decode(read_bytes(root / path, path), path)
    if required:
        name = names[0]
        existing = sorted(p.stem for p in (root / ARCHETYPES).glob("*.md"))
        choice = f"choose one of: {', '.join(existing)}"
        other = choice if existing else f"create {ARCHETYPES}/{name}.md"
        hint = nearest_hint(name, existing, other)
        raise fail("new", f"no archetype `{name}`", help=hint, exit_status=2)
    return "", own


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
            every = "choose one of: " + ", ".join(f"{{{name}}}" for name in values)
            hint = did_you_mean(near and f"{{{near}}}", every)
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
