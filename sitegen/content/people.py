"""Authors that have files of their own: ``content/authors/NAME.md``, whose front matter is as in site.yaml and whose text is the bio."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, nearest, problem
from sitegen.base.files import name_problems, read_bytes
from sitegen.base.secrets import has_secret
from sitegen.base.text import safe_link
from sitegen.config import AuthorConfig, Config
from sitegen.content.discover import PEOPLE, TEXT_SUFFIXES
from sitegen.content.frontmatter import decode, split
from sitegen.model import Person

_KEYS = ("name", "aliases", "bio", "url", "photo", "links")


def with_people(root: Path, config: Config) -> Config:
    """``config`` with the authors that have files; what a file says goes before site.yaml. Raises SitegenError with all that is wrong."""
    found: dict[str, AuthorConfig] = {}
    problems: list[Diagnostic] = []
    folder = root / config.content / PEOPLE
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() in TEXT_SUFFIXES and path.name[0] not in "._" and path.is_file() and not path.is_symlink():
            if odd := name_problems(path.relative_to(root).as_posix()):
                problems += odd
                continue
            try:
                found[path.stem] = _person(root, path, config)
            except SitegenError as error:
                problems += error.diagnostics
    for key, author in (config.authors | found).items():
        place = f"{config.content}/{PEOPLE}/{key}.md" if key in found else "site.yaml"
        if any(map(has_secret, (author.url, author.photo, *author.links))):
            message = f"the author `{author.name}` has a URL with a key or password, which would be published"
            problems.append(problem("secret", message, place, 1, help="take it out"))
        if not all(map(safe_link, (author.url, author.photo, *author.links))):
            message = f"the author `{author.name}` has an unsafe address"
            problems.append(problem("unsafe-url", message, place, 1, help="use http(s) or a path"))
    if problems:
        raise SitegenError(problems, 2)
    return msgspec.structs.replace(config, authors=config.authors | found) if found else config


def each_once(people: Iterable[Person]) -> tuple[Person, ...]:
    """``people`` without doubles: of two that have one name the first, with what only the other says of them."""
    out: dict[str, Person] = {}
    for person in people:
        first = out.setdefault(person.name, person)
        if first is not person:
            role = ", ".join(dict.fromkeys(r for r in (first.role, person.role) if r))
            out[person.name] = Person(first.name, role, first.url or person.url, first.org or person.org)
    return tuple(out.values())


def _person(root: Path, path: Path, config: Config) -> AuthorConfig:
    place = path.relative_to(root).as_posix()
    values, lines, body, _ = split(decode(read_bytes(path, place), place), place)
    for key in values.keys() - set(_KEYS):
        near = nearest(key, _KEYS)
        hint = f"did you mean `{near}`?" if near else "use " + ", ".join(_KEYS)
        raise SitegenError(problem("author", f"unknown key `{key}`", place, lines.get(key, 1), 1, hint))
    known: dict[str, Any] = msgspec.to_builtins(config.authors[path.stem]) if path.stem in config.authors else {}
    if "photo" in values:
        values["photo"] = _site_path(str(values["photo"]))
    try:
        return msgspec.convert(known | values | ({"bio": body.strip()} if body.strip() else {}), AuthorConfig, strict=False)
    except msgspec.ValidationError as error:
        hint = "write at least `name: Jane Roe`; the text below it is the bio"
        raise SitegenError(problem("author", str(error), place, 1, 1, hint)) from None


def _site_path(photo: str) -> str:
    """A photo beside the author's file, as the site addresses it."""
    return photo if photo.startswith("/") or ":" in photo else f"/{PEOPLE}/{photo.removeprefix('./')}"
