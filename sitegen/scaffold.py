"""New sites and new articles."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sitegen.base.diagnostics import fail, nearest
from sitegen.base.files import write_whole
from sitegen.base.text import slugify
from sitegen.config import Config, load_config

_SITE = """\
title: {title}
base_url: {base_url}
timezone: {timezone}
language: {language}
description: ""
theme: broadsheet
sections:
  news: {{title: News, description: "What has been collected"}}
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


def new(root: Path, config: Config, title: str, section: str, authors: tuple[str, ...], now: str) -> str:
    """Write a draft called ``title``; its path relative to ``root``.

    Raises SitegenError for an unknown section, an empty title, or an article that is there already.
    """
    if not title.strip():
        raise fail("new", "an article needs a title", help='write it in quotes: sitegen new "A headline"', exit_status=2)
    place = slugify(section) if section else next(iter(config.sections), "news")
    if section and config.sections and place not in config.sections:
        near = nearest(place, config.sections) or ", ".join(config.sections)
        raise fail("new", f"no section `{section}` in site.yaml", help=f"did you mean `{near}`?", exit_status=2)
    moment = datetime.fromisoformat(now).astimezone(config.zone).replace(microsecond=0)
    name = f"{config.content}/{place}/{moment:%Y-%m-%d}-{slugify(title)}.md"
    if (root / name).exists():
        raise fail("new", "is there already", name, help="choose another title")
    names = ", ".join(_quoted(a) for a in authors or ([config.author] if config.author else []))
    text = _NEW.format(title=_quoted(title), authors=f"[{names}]", date=moment.isoformat(), section=place)
    try:
        write_whole(root / name, text.encode())
    except OSError as error:
        raise fail("new", f"cannot be written: {error.strerror}", name, help="check the rights of the folder") from None
    return name


def _quoted(text: str) -> str:
    """``text`` as a double-quoted YAML scalar."""
    import json

    return json.dumps(text, ensure_ascii=False)
