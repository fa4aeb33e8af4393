"""New sites, new articles and new themes."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from sitegen.base.diagnostics import fail, nearest
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.install import requirement
from sitegen.base.text import slugify
from sitegen.base.yaml12 import scalar
from sitegen.config import Config, load_config, needed_extras
from sitegen.content.frontmatter import decode
from sitegen.content.parse import clean_text, parse
from sitegen.theme import API, OWN

_SITE = """\
title: {title}
base_url: {base_url}
timezone: {timezone}
language: {language}
description: ""
theme: broadsheet
sections:
  news: {{title: News, description: "What has been collected"}}
share: {{cards: all}}  # a picture for link previews of each article without one
# More settings: `sitegen config` shows them all, docs/site-yaml.md explains them.
"""
_WELCOME = """\
---
title: "This digest is ready"
dek: "One article to start with; remove it once yours are in."
authors: [{author}]
date: {date}
tags: [start]
---

Every article is one file below `content/`, with its front matter above the text.

- `sitegen import article.txt` turns a copied text or a saved page into such a file.
- `sitegen new "A headline"` starts one by hand.
- `sitegen serve --open` shows the digest, and `sitegen build` writes it to `output/`.
"""
_IGNORE = "/output/\n/.sitegen-cache/\n.*.sitegen-*\n"
_GITHUB = """\
name: Deploy
on:
  push: {branches: [main]}
  schedule: [{cron: "17 * * * *"}]  # articles whose time has come
  workflow_dispatch:
permissions: {contents: write}
concurrency: {group: deploy, cancel-in-progress: false}
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {python-version: "3.12"}
      - uses: actions/cache@v4
        with:
          path: .sitegen-cache
          key: sitegen-${{ github.run_id }}
          restore-keys: sitegen-
      - run: pip install "{requirement}"
      - run: sitegen check
      - run: sitegen deploy
"""
_GITLAB = """\
pages:
  image: python:3.12
  cache: {key: sitegen, paths: [.sitegen-cache]}
  script:
    - pip install "{requirement}"
    - sitegen check
    - sitegen build --strict --output public
  artifacts: {paths: [public]}
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
"""
CI = {"github": (".github/workflows/deploy.yml", _GITHUB), "gitlab": (".gitlab-ci.yml", _GITLAB)}
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
_THEME = """\
name: {name}
version: 0.1.0
api: {api}
extends: {extends}
description: ""
"""
_THEME_README = """\
# {name}

Extends `{extends}`, and takes all its options.
"""
_SHEET = "/* The style of {name}, after that of {extends}. */\n"
ARCHETYPES = "archetypes"
_PLACE = re.compile(r"\{([a-z_]+)\}")
_SAFE = re.compile(r"[A-Za-z0-9][\w:+.-]*")
_BEFORE = re.compile(r"(?:^|[:=\[,-])\s*$")
_AFTER = re.compile(r"\s*(?:$|[,\]}#])")


def init(folder: Path, title: str, base_url: str, timezone: str, language: str, now: str) -> list[str]:
    """Make a site in ``folder``; the paths of the files made. What is there already is left alone.

    Raises SitegenError (exit status 2) where there is a site already, or a setting is wrong.
    """
    if (folder / "site.yaml").exists():
        raise fail("init", "there is a site here already", str(folder / "site.yaml"), help="choose another folder", exit_status=2)
    settings = {"title": _quoted(title), "base_url": _quoted(base_url), "timezone": _quoted(timezone), "language": _quoted(language)}
    text = _SITE.format(**settings)
    config = load_config(text)
    moment = datetime.fromisoformat(now).astimezone(config.zone).replace(microsecond=0)
    welcome = _WELCOME.format(author=_quoted(f"{title} editors"), date=moment.isoformat())
    files = {"site.yaml": text, f"content/news/{moment:%Y-%m-%d}-this-digest-is-ready.md": welcome, ".gitignore": _IGNORE}
    made = []
    for name, content in files.items():
        path = folder / name
        if path.exists() or (name.startswith("content/") and (folder / "content").exists()):
            continue
        try:
            write_whole(path, content.encode())
        except OSError as error:
            raise fail("init", f"cannot be written: {error.strerror}", str(path), help="choose a folder you may write to") from None
        made.append(str(path))
    return made


def init_ci(folder: Path, kind: str) -> str:
    """Write the workflow file of ``kind`` for the site in ``folder``; its path.

    It installs what installed this sitegen, with the extras that the site needs: never a name without a version.

    Raises SitegenError where there is one already, or no site.
    """
    name, text = CI[kind]
    if not (folder / "site.yaml").exists():
        raise fail("init", "there is no site here", str(folder), help="`sitegen init` makes one", exit_status=2)
    if (folder / name).exists():
        raise fail("init", "is there already", str(folder / name), help="move it away to have a new one", exit_status=2)
    config = load_config(read_bytes(folder / "site.yaml", "site.yaml").decode("utf-8", "replace"))
    text = text.replace("{requirement}", requirement(*needed_extras(config)))
    write_whole(folder / name, text.encode())
    return str(folder / name)


def new_theme(root: Path, name: str, extends: str) -> list[str]:
    """Start the theme ``name`` in the site at ``root``; the paths of the files made.

    Raises SitegenError (exit status 2) for a name that a folder or template cannot have, and a theme that is there already.
    """
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name) or name in (OWN, extends):
        raise fail("theme", f"`{name}` is no name for a theme", help="use a-z, 0-9 and -, such as evening", exit_status=2)
    folder = f"themes/{name}"
    if (root / folder).exists():
        raise fail("theme", "is there already", folder, help="choose another name", exit_status=2)
    texts = {"theme.yaml": _THEME, "README.md": _THEME_README, f"assets/{name}.css": _SHEET}
    for path, text in texts.items():
        write_whole(root / folder / path, text.format(name=name, extends=extends, api=API).encode())
    return [f"{folder}/{path}" for path in texts]


def new(root: Path, config: Config, title: str, section: str, authors: tuple[str, ...], now: str, archetype: str = "") -> str:
    """Write an article called ``title``, a draft unless its archetype says otherwise; its path relative to ``root``.

    The archetype is `archetypes/NAME.md` of the site, where NAME is ``archetype``, else the section, else `default`.
    Raises SitegenError for an unknown section or archetype, an empty title, or an article that is there already.
    """
    title = clean_text(title)
    if not title:
        raise fail("new", "an article needs a title", help='write it in quotes: sitegen new "A headline"', exit_status=2)
    place = slugify(section) if section else next(iter(config.sections), "news")
    if section and config.sections and place not in config.sections:
        near = nearest(place, config.sections)
        hint = f"did you mean `{near}`?" if near else f"there are: {', '.join(config.sections)}; add it below `sections:`"
        raise fail("new", f"no section `{section}` in site.yaml", help=hint, exit_status=2)
    moment = datetime.fromisoformat(now).astimezone(config.zone).replace(microsecond=0)
    slug = slugify(title)
    name = f"{config.content}/{place}/{moment:%Y-%m-%d}-{slug}.md"
    if (root / name).exists():
        raise fail("new", "is there already", name, help="choose another title")
    people = list(authors or ([config.author] if config.author else []))
    values: dict[str, str | list[str]] = {"title": title, "slug": slug, "section": place, "authors": people}
    values |= {"author": people[0] if people else "", "date": moment.isoformat(), "day": f"{moment:%Y-%m-%d}", "year": f"{moment:%Y}"}
    origin, text = _archetype(root, place, archetype)
    filled = fill(text, values, origin)
    wrong = [d for d in parse(filled.encode(), name, config).diagnostics if d.level == "error"]
    if wrong:
        raise fail("new", f"makes no article: {wrong[0].message}", origin, wrong[0].line, wrong[0].help)
    try:
        write_whole(root / name, filled.encode())
    except OSError as error:
        raise fail("new", f"cannot be written: {error.strerror}", name, help="check the rights of the folder") from None
    return name


def _archetype(root: Path, section: str, name: str) -> tuple[str, str]:
    """The archetype for an article: its path and text; sitegen's own where the site has none."""
    for candidate in (name,) if name else (section, "default"):
        path = f"{ARCHETYPES}/{candidate}.md"
        if "/" not in candidate and (root / path).is_file():
            return path, decode(read_bytes(root / path, path), path)
    if name:
        there = sorted(p.stem for p in (root / ARCHETYPES).glob("*.md"))
        near = nearest(name, there)
        hint = f"did you mean `{near}`?" if near else f"there are: {', '.join(there)}" if there else f"write {ARCHETYPES}/{name}.md"
        raise fail("new", f"no archetype `{name}`", help=hint, exit_status=2)
    return "", _NEW


def fill(text: str, values: dict[str, str | list[str]], path: str) -> str:
    """``text`` with `{title}` and the like filled in: in front matter as values that YAML, TOML and JSON read back, else as they are.

    Raises SitegenError for an unknown name in the front matter, and a value that would need quotes around it.
    """
    rows = text.split("\n")
    fence = rows[0].rstrip()
    closing = "}" if fence.startswith("{") else fence
    end = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == closing), 0)
    head = [_fill_row(row, values, path, number, fence == "+++") for number, row in enumerate(rows[: end + 1], 1)]
    return "\n".join([*head, *(_PLACE.sub(lambda m: _plain(values[m[1]]) if m[1] in values else m[0], row) for row in rows[end + 1 :])])


def _fill_row(row: str, values: dict[str, str | list[str]], path: str, line: int, toml: bool) -> str:
    def filled(match: re.Match[str]) -> str:
        before, after = row[: match.start()], row[match.end() :]
        if match[1] not in values:
            near = nearest(match[1], values)
            hint = f"did you mean `{{{near}}}`?" if near else "there are: " + ", ".join(f"{{{name}}}" for name in values)
            raise fail("new", f"unknown placeholder `{match[0]}`", path, line, hint)
        value, quote = values[match[1]], _open_quote(before)
        if quote:
            return _quoted(_plain(value))[1:-1] if quote == '"' else _plain(value).replace("'", "" if toml else "''")
        if _BEFORE.search(before) and _AFTER.match(after):
            if isinstance(value, list):
                items = ", ".join(map(_quoted, value))
                return items if before.rstrip().endswith("[") else f"[{items}]"
            bare = match[1] in ("date", "day") or (not toml and _SAFE.fullmatch(value) and scalar(value) == value)
            return value if bare else _quoted(value)
        if not re.fullmatch(r"[\w .-]*", _plain(value)):
            raise fail("new", f"`{match[0]}` needs quotes around it: `{_plain(value)}`", path, line, 'write "… {title} …"')
        return _plain(value)

    return _PLACE.sub(filled, row)


def _plain(value: str | list[str]) -> str:
    return ", ".join(value) if isinstance(value, list) else value


def _open_quote(before: str) -> str:
    """The quotation mark within which the end of ``before`` stands, or an empty string. One inside a word opens nothing."""
    inside, last = "", ""
    for index, sign in enumerate(before):
        if inside:
            inside = "" if sign == inside and last != "\\" else inside
        elif sign in "\"'" and _BEFORE.search(before[:index]):
            inside = sign
        last = sign
    return inside


def _quoted(text: str) -> str:
    """``text`` as a double-quoted YAML scalar."""
    import json

    return json.dumps(text, ensure_ascii=False)
