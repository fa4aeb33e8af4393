"""Authors that have files of their own: ``content/authors/NAME.md``, whose front matter is as in
site.yaml and whose text is the bio."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import entries_of, name_problems
from sitegen.base.secrets import has_secret
from sitegen.base.text import safe_link
from sitegen.base.urls import is_elsewhere
from sitegen.config.schema import AuthorConfig, Config
from sitegen.content.discover import PEOPLE, TEXT_SUFFIXES
from sitegen.content.frontmatter import read_fields
from sitegen.model.article import Person
from sitegen.names.words import JOINERS, WITH

MAX_LINE = 400  # of authors
_BETWEEN = re.compile(r"[,;&/|+·、，،]|\S\s+\S+\s+\S")  # what may be between two names
_INITIALED = re.compile(r"(?:[^\W\d_]\.[ -]?){1,4}[^\W\d_][\w’'-]+(?: [^\W\d_][\w’'-]+)?")
_WORD = re.compile(r"\w+")
_JOINERS = {word for said in JOINERS.values() for word in said.split()} | WITH
_JOINERS |= {"by", "von", "par", "por", "di", "av"}
_FIRMS = frozenset(
    "co inc ltd llc gmbh ag sa spa plc corp company partners sons brothers group associates"
    " foundation".split()
)
_KEYS = ("name", "aliases", "bio", "url", "photo", "role", "email", "links")


def with_people(root: Path, config: Config) -> Config:
    """``config`` with the authors that have files; a file takes precedence over site.yaml.

    Raises SitegenError with all that is wrong.
    """
    found: dict[str, AuthorConfig] = {}
    problems: list[Diagnostic] = []
    people = f"{config.content}/{PEOPLE}"
    for path in entries_of(root / people, people):
        if not _is_of_person(path):
            continue
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
            message = (
                f"the author `{author.name}` has a URL with a key or password, which would be"
                " published"
            )
            problems.append(problem("secret", message, place, 1, help="take it out"))
        if not all(map(safe_link, (author.url, author.photo, *author.links))):
            message = f"the author `{author.name}` has an unsafe URL"
            problems.append(problem("unsafe-url", message, place, 1, help="use http(s) or a path"))
    if problems:
        raise SitegenError(problems, 2)
    return msgspec.structs.replace(config, authors=config.authors | found) if found else config


def _is_of_person(path: Path) -> bool:
    """Whether a path in the folder of people is a visible file with a text."""
    is_text = path.suffix.lower() in TEXT_SUFFIXES and path.name[0] not in "._"
    return is_text and path.is_file() and not path.is_symlink()


@lru_cache(maxsize=10_000)
def people_in(text: str, lang: str = "") -> tuple[Person, ...]:
    """The people that a line of front matter names: ``Jane Roe and Ann Lee``, ``Roe, Jane``, ``Jane
    Roe, Jr.``.

    It is parted only where each part is a name of its own. An organisation with a comma or an "and"
    in its name is one author, as is a line of which words would be lost.
    """
    if not text:
        return ()
    may_be_several = len(text) <= MAX_LINE and _BETWEEN.search(text)
    people = _split(text, lang) if may_be_several else ()
    return people or (Person(text),)


def _split(text: str, lang: str) -> tuple[Person, ...]:
    """The people of a line that is parted; none where it stays as it is."""
    from sitegen.names.byline import split_byline

    people = split_byline(text, lang)
    lost = _lost(text, people)
    if len(people) == 1:
        return people if "," in text and not lost else ()
    are_authors = lost <= _JOINERS and all(_is_author(person.name) for person in people)
    return people if are_authors else ()


def _is_author(name: str) -> bool:
    from sitegen.names.shape import is_agency, looks_like_name

    shaped = looks_like_name(name) or is_agency(name) or _INITIALED.fullmatch(name)
    return bool(shaped) and _FIRMS.isdisjoint(name.casefold().replace(".", "").split())


def _lost(text: str, people: tuple[Person, ...]) -> set[str]:
    """The words of ``text`` that are in no name, role or organisation."""
    kept = Counter(_WORD.findall(" ".join(f"{p.name} {p.role} {p.org}" for p in people).casefold()))
    return set(Counter(_WORD.findall(text.casefold())) - kept)


def each_once(people: Iterable[Person]) -> tuple[Person, ...]:
    """``people`` without doubles: of two that have one name the first, with what only the other
    says of them."""
    out: dict[str, Person] = {}
    for person in people:
        first = out.setdefault(person.name, person)
        if first is not person:
            role = ", ".join(dict.fromkeys(r for r in (first.role, person.role) if r))
            out[person.name] = Person(
                first.name, role, first.url or person.url, first.org or person.org
            )
    return tuple(out.values())


def remote_photos(config: Config) -> Iterator[Diagnostic]:
    """A warning for each author whose photo is at another host: pages do not show it, as every
    reader's browser would ask there."""
    for key, author in config.authors.items():
        if is_elsewhere(author.photo, config.base_url):
            message = f"the photo of `{author.name}` is at another host, and is not shown"
            hint = (
                f"save it as {config.content}/{PEOPLE}/{key}.jpg or below static/, and write that"
                " path"
            )
            yield problem("third-party", message, "site.yaml", help=hint, level="warning")


def _person(root: Path, path: Path, config: Config) -> AuthorConfig:
    place = path.relative_to(root).as_posix()
    values, _, body = read_fields(path, place, _KEYS, "author")
    known: dict[str, Any] = (
        msgspec.to_builtins(config.authors[path.stem]) if path.stem in config.authors else {}
    )
    if "photo" in values:
        values["photo"] = _site_path(str(values["photo"]))
    try:
        return msgspec.convert(
            known | values | ({"bio": body.strip()} if body.strip() else {}),
            AuthorConfig,
            strict=False,
        )
    except msgspec.ValidationError as error:
        hint = "write at least `name: Jane Roe`; the text below it is the bio"
        raise SitegenError(problem("author", str(error), place, 1, 1, hint)) from None


def _site_path(photo: str) -> str:
    """A photo beside the author's file, as the site calls it."""
    return (
        photo if photo.startswith("/") or ":" in photo else f"/{PEOPLE}/{photo.removeprefix('./')}"
    )
