"""Terms that have files of their own: ``content/terms/TAXONOMY/TERM.md``, whose front matter is as
below `terms` in site.yaml and whose text is about the term."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic, SitegenError, nearest_hint, problem
from sitegen.base.files import entries_of, name_problems
from sitegen.base.secrets import has_secret
from sitegen.base.text import safe_link
from sitegen.base.validation import misfits
from sitegen.config.schema import Config, TaxonomyConfig, TermConfig
from sitegen.content.discover import TERMS, TEXT_SUFFIXES
from sitegen.content.frontmatter import KEYS, folded_key, read_fields

_FIELDS = TermConfig.__struct_fields__


def with_terms(root: Path, config: Config) -> Config:
    """``config`` with the terms that have files; a file takes precedence over site.yaml.

    Raises SitegenError with all that is wrong.
    """
    if not config.taxonomies:
        return config
    problems = list(_taken_names(config))
    found: dict[str, TaxonomyConfig] = {}
    for key, said in config.taxonomies.items():
        terms, more = _terms_in(root, root / config.content / TERMS / key, said)
        found[key] = replace(said, terms=said.terms | terms)
        problems += more
    problems += _unknown_folders(root, config)
    for key, said in found.items():
        problems += _bad_urls(key, said)
    if problems:
        raise SitegenError(problems, 2)
    return replace(config, taxonomies=found)


def _taken_names(config: Config) -> Iterator[Diagnostic]:
    """Taxonomies that are called like a key of front matter."""
    for key in config.taxonomies:
        if folded_key(key) in KEYS and key not in ("tags", "authors", "genre"):
            message = f"`taxonomies`: every article has a key `{key}` of another meaning"
            yield problem("config", message, "site.yaml", help="give the taxonomy another name")


def _unknown_folders(root: Path, config: Config) -> Iterator[Diagnostic]:
    folder = f"{config.content}/{TERMS}"
    for path in entries_of(root / folder, folder):
        if path.is_dir() and path.name not in config.taxonomies and path.name[0] not in "._":
            hint = nearest_hint(path.name, config.taxonomies, "add it to `taxonomies` in site.yaml")
            place = path.relative_to(root).as_posix()
            yield problem("term", f"there is no taxonomy `{path.name}`", place, help=hint)


def _terms_in(
    root: Path, folder: Path, said: TaxonomyConfig
) -> tuple[dict[str, TermConfig], list[Diagnostic]]:
    """The terms in the files of ``folder``, by their path in it, and what is wrong with them."""
    out: dict[str, TermConfig] = {}
    problems: list[Diagnostic] = []
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        place = path.relative_to(root).as_posix()
        if path.suffix.lower() not in TEXT_SUFFIXES or not path.is_file() or path.is_symlink():
            continue
        if odd := name_problems(place):
            problems += odd
            continue
        name = path.relative_to(folder).as_posix().rpartition(".")[0].removesuffix("/_index")
        try:
            out[name] = _term(path, place, said.terms.get(name, TermConfig()))
        except SitegenError as error:
            problems += error.diagnostics
    return out, problems


def _term(path: Path, place: str, known: TermConfig) -> TermConfig:
    values, lines, body = read_fields(path, place, _FIELDS, "term")
    whole: dict[str, Any] = msgspec.to_builtins(known) | values
    if body.strip():
        whole["about"] = body.strip()
    faults = [
        problem(
            "term", fault.message, place, lines.get(fault.place[0] if fault.place else "", 1), 1
        )
        for fault in misfits(whole, TermConfig)
    ]
    if faults:
        raise SitegenError(faults)
    return msgspec.convert(whole, TermConfig, strict=False)


def _bad_urls(key: str, said: TaxonomyConfig) -> Iterator[Diagnostic]:
    for name, term in said.terms.items():
        urls = (term.url, term.photo, *term.links)
        named = f"the term `{name}` of `{key}`"
        if any(map(has_secret, urls)):
            message = f"{named} has a URL with a key or password, which would be published"
            yield problem("secret", message, "site.yaml", help="take it out")
        elif not all(map(safe_link, urls)):
            message = f"{named} has an unsafe URL"
            yield problem("unsafe-url", message, "site.yaml", help="use http(s) or a path")
