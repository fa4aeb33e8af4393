"""Read a theme: templates, assets and options of a folder and of the themes it extends."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.diagnostics import (
    SitegenError,
    fail,
    nearest_hint,
    problem,
    with_snippets,
)
from sitegen.base.files import files_below, read_bytes, utf8
from sitegen.base.gettext import catalogue_files, read_messages
from sitegen.base.text import digest
from sitegen.base.yaml import load_mapping
from sitegen.model.base import Struct
from sitegen.plugins import Plugin
from sitegen.theme.dependencies import QUALIFIED_NAME
from sitegen.theme.places import find_theme, place_of

_CSS_COMMENT = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|url\([^)]*\))|/\*(?!!).*?\*/""", re.DOTALL
)
_CSS_URL = re.compile(r"""\burl\(\s*(["']?)([^"')\s]+)\1\s*\)""")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")
API = 1  # raised when a template written for the one before would no longer do
OWN = "theme"  # the site's own folder, and the name by which its templates reach the theme's
LOCALES = Path(__file__).parent.parent / "locales"  # what the themes that come with sitegen say
TEMPLATES = ("front.html", "article.html", "list.html", "terms.html", "404.html", "redirect.html")
OPTIONAL = {  # without one of these a site has none of what it shows
    "archive.html": "archive by date",
    "page.html": "pages such as about and imprint",
    "edition.html": "editions",
    "editions.html": "editions",
    "email.html": "e-mail of its editions",
    "story.html": "stories",
    "corrections.html": "page of corrections",
    "search.html": "search page",
}
EMBEDDED = (".css", ".svg")  # assets that templates can write into a page
OPTION_TYPES = ("boolean", "integer", "choice", "colour", "text")


class Spec(Struct, frozen=True):
    """What a theme's `theme.yaml` says, and its folder."""

    name: str
    folder: str
    extends: str = ""
    api: int = API
    version: str = ""
    description: str = ""
    options: dict[str, dict[str, Any] | None] = {}  # None drops an option that is inherited


class Theme(Struct, frozen=True):
    """A loaded theme.

    ``templates`` maps a name to its text, ``assets`` to its file; ``digest`` covers both.
    """

    name: str
    root: str
    templates: dict[str, str]
    places: dict[str, str]  # name of a template -> its file, as a message names it
    assets: dict[str, str]  # name below assets/ -> absolute path
    asset_paths: dict[str, str]  # name below assets/ -> fingerprinted output path
    sheets: dict[str, str]  # style sheets that are not published as they are: their texts
    styles: tuple[str, ...]  # the style sheets of every page, in their order
    options: dict[str, Any]
    digest: str
    plugins: tuple[Plugin, ...] = ()
    messages: dict[str, str] = {}  # English words -> those of the site's language
    tongues: dict[str, dict[str, str]] = {}  # the same in the other languages of the site

    def words(self) -> dict[str, dict[str, str]]:
        """The words in each language of the site; its own is the empty one."""
        return {"": self.messages, **self.tongues}


def read_spec(folder: Path) -> Spec:
    """What `theme.yaml` in ``folder`` says.

    Raises SitegenError (exit status 2) for YAML that cannot be read, a theme for another API, or a
    wrong key.
    """
    path = folder / "theme.yaml"
    shown = place_of(folder) + "/theme.yaml"
    text = utf8(read_bytes(path, shown), shown, "theme", exit_status=2)
    given, lines = load_mapping(text, shown, "theme")
    values = {"name": folder.name, **given, "folder": str(folder)}
    try:
        spec: Spec = msgspec.convert(values, Spec)
    except msgspec.ValidationError as error:
        from sitegen.base.validation import line_of, misfits

        hint = "compare it with themes/brief/theme.yaml"
        found = [
            problem("theme", f.message, shown, line_of(f.place, text, lines), help=f.help or hint)
            for f in misfits(values, Spec)
        ]
        raise SitegenError(
            with_snippets(found or [problem("theme", str(error), shown, help=hint)], text), 2
        ) from None
    if spec.api != API:
        hint = f"this sitegen knows API {API}: use a version of the theme that is written for it"
        raise fail(
            "theme",
            f"theme `{spec.name}` is written for theme API {spec.api}",
            shown,
            lines.get("api", 0),
            hint,
            exit_status=2,
        )
    return spec


def theme_chain(name: str, roots: list[Path]) -> list[Spec]:
    """Theme ``name`` and those it extends, the eldest first.

    Raises SitegenError (exit status 2) where one is missing, cannot be read, or extends itself.
    """
    chain: list[Spec] = []
    asked_by = "site.yaml"
    while name:
        spec = read_spec(find_theme(name, roots, asked_by))
        if any(spec.folder == other.folder for other in chain):
            raise fail(
                "theme",
                f"theme `{name}` extends itself",
                asked_by,
                help="let `extends` name another theme",
                exit_status=2,
            )
        chain.insert(0, spec)
        name, asked_by = spec.extends, f"{place_of(Path(spec.folder))}/theme.yaml"
    return chain


def load_theme(
    name: str,
    roots: list[Path],
    options: dict[str, Any],
    override: Path,
    language: str = "en",
    others: tuple[str, ...] = (),
) -> Theme:
    """Theme ``name`` over those it extends, with the site's own files (``override``) laid over all,
    and its words in ``language`` and in ``others``.

    A template takes the place of its namesake further down, and reaches it as `NAME/article.html`:
    what the theme NAME has under that name. Raises SitegenError for a theme that is missing or for
    another API, a missing template, or an option that is unknown or of a wrong type.
    """
    chain = theme_chain(name, roots)
    layers = [(spec.name, Path(spec.folder)) for spec in chain] + [(OWN, override)]
    texts, places = _templates(layers)
    _check_complete(texts, name)
    assets, contents = _assets(layers)
    paths, own_sheets = _published(contents)
    sheets = [f"{layer}.css" for layer, _ in layers[:-1]] + ["custom.css"]
    catalogues = [LOCALES, *(d / "locales" for _, d in layers)]
    messages = read_messages(catalogue_files(language, catalogues))
    tongues = {lang: dict(read_messages(catalogue_files(lang, catalogues))) for lang in others}
    return Theme(
        name=name,
        root=chain[-1].folder,
        templates=texts,
        places=places,
        assets={key: str(assets[key]) for key in contents},
        asset_paths=paths,
        sheets=own_sheets,
        styles=tuple(sheet for sheet in sheets if sheet in contents),
        options=_options(declared_options(chain), options),
        digest=digest(
            *(x.encode() for pair in (*texts.items(), *messages.items()) for x in pair),
            *contents.values(),
            *([msgspec.msgpack.encode(tongues)] if tongues else []),
        ),
        messages=messages,
        tongues=tongues,
    )


def _check_complete(templates: Container[str], name: str) -> None:
    """Raises SitegenError with each template that the theme ``name`` lacks."""
    hint = f"add it below themes/{name}/templates/, or let the theme extend `base`"
    missing = [
        problem("template", f"template `{one}` is missing in theme `{name}`", help=hint)
        for one in TEMPLATES
        if one not in templates
    ]
    if missing:
        raise SitegenError(missing)


def _assets(layers: list[tuple[str, Path]]) -> tuple[dict[str, Path], dict[str, bytes]]:
    """The assets of all layers by their names below assets/: their files and their contents.

    Raises SitegenError for a text that is not UTF-8.
    """
    files = {
        p.relative_to(d / "assets").as_posix(): p
        for layer, d in layers
        for p in _files(d / "assets", f"{layer}/assets")
    }
    contents = {key: path.read_bytes() for key, path in sorted(files.items())}
    for key, data in contents.items():
        if key.endswith(EMBEDDED):
            utf8(data, _shown(files[key], layers), "theme")
    return files, contents


def _published(contents: dict[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """The paths of assets in output/, with digests of their contents; and the texts of style sheets
    that are not published as they are."""
    paths = {key: _fingerprinted(key, data) for key, data in contents.items()}
    sheets = {
        key: text
        for key, data in contents.items()
        if key.endswith(".css") and (text := _with_addresses(key, data, paths))
    }
    return paths | {key: _fingerprinted(key, text.encode()) for key, text in sheets.items()}, sheets


def _templates(layers: list[tuple[str, Path]]) -> tuple[dict[str, str], dict[str, str]]:
    """The text and the file of each template, also of those that have been replaced and are asked
    for by their theme's name."""
    merged: dict[str, tuple[str, str]] = {}
    named: dict[str, tuple[str, str]] = {}
    texts = []
    for layer, folder in layers:
        if layer == OWN:  # what the site's own templates reach below that name is the theme's
            named |= {f"{OWN}/{key}": value for key, value in merged.items()}
        for path in _files(folder / "templates", f"{layer}/templates"):
            key = path.relative_to(folder / "templates").as_posix()
            shown = f"{layer}/templates/{key}"
            merged[key] = utf8(read_bytes(path, shown), shown, "template"), shown
            texts.append(merged[key][0])
        if layer != OWN:
            named |= {f"{layer}/{key}": value for key, value in merged.items()}
    asked = set(QUALIFIED_NAME.findall("\n".join(texts)))
    found = merged | {key: value for key, value in named.items() if key in asked}
    return {key: found[key][0] for key in sorted(found)}, {
        key: found[key][1] for key in sorted(found)
    }


def declared_options(chain: Sequence[Spec]) -> dict[str, dict[str, Any]]:
    """The options of a theme with those it has inherited; what a theme says of an option is laid
    over what it inherits.

    One that it says to be null is dropped.
    """
    declared: dict[str, dict[str, Any]] = {}
    for spec in chain:
        for key, entry in spec.options.items():
            if entry is None:
                declared.pop(key, None)
            else:
                declared[key] = declared.get(key, {}) | entry
    return declared


def _shown(path: Path, layers: list[tuple[str, Path]]) -> str:
    """The name of a theme's file in messages: below the theme that has it."""
    name, folder = next(
        (name, folder) for name, folder in reversed(layers) if folder in path.parents
    )
    return f"{name}/{path.relative_to(folder).as_posix()}"


def _files(folder: Path, shown: str) -> list[Path]:
    """The files below ``folder``, which messages call ``shown``.

    Raises SitegenError for each thing that is there and cannot be read.
    """
    found, problems = files_below(folder, shown)
    if problems:
        raise SitegenError(problems)
    return found


def _fingerprinted(name: str, data: bytes) -> str:
    stem, dot, suffix = name.rpartition(".")
    return (
        f"/assets/{stem}.{digest(data)[:10]}{dot}{suffix}"
        if dot
        else f"/assets/{name}.{digest(data)[:10]}"
    )


def _with_addresses(name: str, data: bytes, paths: dict[str, str]) -> str:
    """A style sheet as it is published: it calls assets by their published names, and has no
    comments; nothing where that is what it is."""
    here, text = posixpath.dirname(name), data.decode("utf-8", "replace")

    def published(match: re.Match[str]) -> str:
        target, mark, part = match[2].partition("#")
        wanted = posixpath.normpath(posixpath.join(here, target))
        if target.startswith("/") or wanted not in paths or wanted.endswith(".css"):
            return match[0]
        quote, path = match[1], posixpath.relpath(paths[wanted], posixpath.dirname(paths[name]))
        return f"url({quote}{path}{mark}{part}{quote})"

    out = _without_comments(_CSS_URL.sub(published, text))
    return out if out != text else ""


def _without_comments(css: str) -> str:
    """``css`` without its comments, but for those that are to be kept, such as licences; they
    separate what they are between."""
    return _CSS_COMMENT.sub(lambda match: match[1] or " ", css)


def _options(declared: dict[str, dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
    problems = []
    for key, value in given.items():
        if key not in declared:
            hint = nearest_hint(key, declared, f"there are: {', '.join(declared)}")
            problems.append(
                problem("theme-option", f"unknown theme option `{key}`", "site.yaml", help=hint)
            )
        elif wrong := misfit(value, declared[key]):
            problems.append(
                problem("theme-option", f"theme option `{key}` must be {wrong}", "site.yaml")
            )
    if problems:
        raise SitegenError(problems, 2)
    return {key: given.get(key, entry.get("default")) for key, entry in sorted(declared.items())}


def misfit(value: Any, entry: dict[str, Any]) -> str:
    """What the option that ``entry`` declares must be, if ``value`` is not; else nothing."""
    if entry.get("type") == "choice":
        choices = entry.get("choices") or ()
        return "" if value in choices else "one of " + ", ".join(map(str, choices))
    is_right, must_be = _TYPES.get(str(entry.get("type")), _TEXT)
    return "" if is_right(value) else must_be


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_colour(value: Any) -> bool:
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None


_Type = tuple[Callable[[Any], bool], str]  # whether a value is right, and what it must be
_TEXT: _Type = (lambda value: isinstance(value, str), "text")
_TYPES: dict[str, _Type] = {
    "boolean": (lambda value: isinstance(value, bool), "true or false"),
    "integer": (_is_number, "a whole number"),
    "colour": (_is_colour, "a colour such as #0a5c4a"),
}
