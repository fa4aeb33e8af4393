"""The check of one theme, or of the theme of a site with the site's own files; and the list of
themes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes, utf8
from sitegen.base.gettext import catalogue_files, read_messages
from sitegen.model.base import Struct
from sitegen.plugins import Plugin
from sitegen.theme.load import (
    LOCALES,
    OPTIONAL,
    OWN,
    Spec,
    declared_options,
    load_theme,
    read_spec,
    theme_chain,
)
from sitegen.theme.places import theme_names
from sitegen.theme_check.model import Layer, Subject
from sitegen.theme_check.spec import check_spec
from sitegen.theme_check.templates import check_templates, read
from sitegen.theme_check.texts import check_texts
from sitegen.theme_check.trial import trial

PLACES = {
    ".html": "templates",
    ".css": "assets",
    ".js": "assets",
    ".svg": "assets",
    ".woff2": "assets",
    ".po": "locales",
}  # by suffix


class Asked(Struct, frozen=True):
    """The subject of a check: theme ``name`` of ``roots``; with ``site``, as that site uses it.

    The site's own files and options are then part of it.
    """

    name: str
    roots: tuple[Path, ...]
    shown: str  # its folder, as messages show it
    site: Path | None = None
    options: dict[str, Any] = {}
    language: str = ""
    plugins: tuple[Plugin, ...] = ()


class ThemeEntry(Struct, frozen=True):
    """A theme in the list; ``place`` is `site`, `sitegen` or `plugin`."""

    name: str
    version: str
    api: int
    place: str
    extends: str
    description: str
    folder: str


def list_themes(roots: Sequence[tuple[str, Path]]) -> tuple[list[ThemeEntry], list[Diagnostic]]:
    """Every theme in ``roots``, each with where it comes from, and errors for those that cannot be
    read; an earlier root takes precedence.
    """
    out, problems = [], []
    for name in theme_names([root for _, root in roots]):
        place, folder = next(
            (place, root / name) for place, root in roots if (root / name / "theme.yaml").is_file()
        )
        try:
            spec = read_spec(folder)
        except SitegenError as error:
            problems += error.diagnostics
            continue
        out.append(
            ThemeEntry(
                name, spec.version, spec.api, place, spec.extends, spec.description, str(folder)
            )
        )
    return out, problems


def check_theme(asked: Asked) -> list[Diagnostic]:
    """Errors and warnings for a theme, by file and line.

    Raises SitegenError (exit status 2) if the theme does not exist.
    """
    found: list[Diagnostic] = []
    chain = theme_chain(asked.name, list(asked.roots))
    folder = Path(chain[-1].folder)
    if not asked.site:
        shown = f"{asked.shown}/theme.yaml"
        found += check_spec(
            utf8(read_bytes(folder / "theme.yaml", shown), shown, "theme"),
            shown,
            folder.name,
            chain[:-1],
        )
    try:
        subject = _subject(asked, chain)
    except SitegenError as error:
        return sorted([*found, *error.diagnostics])
    known = read(subject)
    catalogues = {language: _words(subject, language) for language in subject.languages}
    found += check_templates(subject, known, catalogues)
    found += check_texts(subject)
    found += _absent(subject, asked)
    found += _stray(subject)
    if not any(t.error for t in known.values()):
        places = {(d.path, d.line) for d in found if d.level == "error"}
        messages = {d.message for d in found}
        try:
            found += [
                d
                for d in trial(subject)
                if (d.path, d.line) not in places and d.message not in messages
            ]
        except SitegenError as error:
            found += error.diagnostics
    return sorted(set(found))


def _subject(asked: Asked, chain: list[Spec]) -> Subject:
    """What is checked: a theme with those that it extends, or with what a site changes of it."""
    override = asked.site / OWN if asked.site else Path("/nonexistent")
    theme = load_theme(asked.name, list(asked.roots), asked.options, override)
    layers = [Layer(spec.name, Path(spec.folder), spec.name, False) for spec in chain]
    layers[-1] = msgspec.structs.replace(layers[-1], shown=asked.shown, own=not asked.site)
    if asked.site:
        layers.append(Layer(OWN, override, OWN, True))
    return Subject(
        msgspec.structs.replace(theme, plugins=asked.plugins),
        tuple(chain),
        tuple(layers),
        declared_options(chain),
        tuple(_languages(asked, layers)),
    )


def _languages(asked: Asked, layers: Sequence[Layer]) -> list[str]:
    """The languages that the theme is tried in besides English: those that it has words for, else
    that of the site, else all."""
    folders = [layer.folder / "locales" for layer in layers if layer.own]
    own = set().union(*map(_catalogues, folders))
    usual = {asked.language} if asked.site else _catalogues(LOCALES)
    tags = sorted(own - {"en"}) or sorted(usual)
    return [tag for tag in tags if tag and tag.partition("-")[0] != "en"]


def _catalogues(folder: Path) -> set[str]:
    """The languages that have a catalogue in ``folder``."""
    return {path.stem for path in folder.glob("*.po")}


def _words(subject: Subject, language: str) -> Any:
    return read_messages(
        catalogue_files(language, [LOCALES, *(x.folder / "locales" for x in subject.layers)])
    )


def _stray(subject: Subject) -> list[Diagnostic]:
    """Files of a theme in a folder where they are not used."""
    out = []
    for layer in subject.layers:
        for path in sorted(layer.folder.iterdir()) if layer.own and layer.folder.is_dir() else ():
            place = PLACES.get(path.suffix.lower(), "")
            if place and path.is_file():
                hint = f"move it to {layer.shown}/{place}/{path.name}"
                out.append(
                    problem(
                        "theme",
                        "is not used in this folder",
                        f"{layer.shown}/{path.name}",
                        help=hint,
                        level="warning",
                    )
                )
    return out


def _absent(subject: Subject, asked: Asked) -> list[Diagnostic]:
    """A note for each kind of page that sites with this theme cannot have."""
    if asked.site:
        return []
    file = f"{asked.shown}/theme.yaml"
    return [
        problem(
            "theme",
            f"without a template `{name}` sites have no {what}",
            file,
            help="let the theme extend `base`",
            level="note",
        )
        for name, what in OPTIONAL.items()
        if name not in subject.theme.templates
    ]
