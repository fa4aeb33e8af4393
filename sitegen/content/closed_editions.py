"""The manifests of editions: ``content/editions/KEY.yaml``, or ``SERIES/KEY.yaml`` for a series
with a name: one for each that is closed, or that an editor has written something for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sitegen.base.dates import read_date
from sitegen.base.diagnostics import (
    Diagnostic,
    SitegenError,
    did_you_mean,
    nearest,
    nearest_hint,
    problem,
)
from sitegen.base.files import files_below, name_problems, read_bytes, utf8
from sitegen.base.text import slugify
from sitegen.base.yaml import cut_warnings, load_mapping
from sitegen.config.schema import Config
from sitegen.content.comments import read_comment
from sitegen.content.discover import Found, found_file
from sitegen.model.article import Comment
from sitegen.model.site import ClosedEdition

FOLDER = "editions"
_ALIKE = (".yaml", ".yml", ".json", ".toml")  # suffixes that people give to files of values
_WORDS = ("title", "intro", "outro")  # keys whose values are shown to readers
KEYS = ("number", "title", "published", "lead", "articles", "intro", "outro")


def edition_path(config: Config, key: str) -> str:
    """The manifest of an edition, which need not exist."""
    return f"{config.content}/{FOLDER}/{key}.yaml"


def manifest_files(root: Path, config: Config) -> tuple[Found, ...]:
    """The manifests there are, sorted by path.

    Links, and names that are not UTF-8, are passed over here: `discover` reports them.
    """
    folder = root / config.content / FOLDER
    if not folder.is_dir():
        return ()
    paths = sorted([*folder.glob("*.yaml"), *folder.glob("*/*.yaml")])
    return tuple(
        found_file(path.relative_to(root).as_posix(), path.stat())
        for path in paths
        if _is_manifest(path, folder)
    )


def stray_files(root: Path, config: Config) -> list[Diagnostic]:
    """A warning for each file with the words of an edition that is not read, as it has another
    suffix or is too deep."""
    folder = root / config.content / FOLDER
    out = []
    for path in files_below(folder, FOLDER)[0]:
        parts = path.relative_to(folder).parts
        if path.suffix.lower() not in _ALIKE or any(part[0] in "._" for part in parts):
            continue
        if path.suffix == ".yaml" and len(parts) <= 2:
            continue
        place = path.relative_to(root).as_posix()
        hint = (
            f"call it `{path.stem}.yaml`, in {config.content}/{FOLDER}/ or the folder of a series"
        )
        message = "is not read: it is not where the file of an edition is"
        out.append(problem("edition", message, place, help=hint, level="warning"))
    return out


def _is_manifest(path: Path, folder: Path) -> bool:
    """Whether a path is a visible file, in ``folder`` or in the visible folder of a series."""
    parts = [path] if path.parent == folder else [path, path.parent]
    if any(part.is_symlink() or part.name[0] in "._" for part in parts):
        return False
    return path.is_file() and not name_problems(path.name)


def read_manifests(
    root: Path, files: Sequence[Found], config: Config
) -> tuple[tuple[ClosedEdition, ...], list[Diagnostic]]:
    """Every edition with a manifest, and what is wrong with the manifests of others."""
    out: list[ClosedEdition] = []
    problems: list[Diagnostic] = []
    for found in files:
        try:
            data = read_bytes(root / found.path, found.path)
            out.append(read_manifest(data, found.path, config))
            problems += cut_warnings(
                utf8(data, found.path), _WORDS.__contains__, found.path, "edition"
            )
        except SitegenError as error:
            problems += error.diagnostics
    return tuple(sorted(out, key=lambda f: (f.number, f.key))), [*problems, *_same_numbers(out)]


def _same_numbers(editions: Sequence[ClosedEdition]) -> Iterator[Diagnostic]:
    """A warning for each closed edition that has the number of an earlier one of its series."""
    earlier: dict[tuple[str, int], str] = {}
    for edition in editions:
        number = edition.key.rpartition("/")[0], edition.number
        other = earlier.setdefault(number, edition.path) if edition.number else edition.path
        if other != edition.path:
            message = f"has the number {edition.number}, as {other} does"
            hint = "number one of them again; both are shown with it"
            yield problem("edition", message, edition.path, 1, help=hint, level="warning")


def closed_keys(root: Path, config: Config) -> frozenset[str]:
    """The keys of the editions that are closed; files that cannot be read are left out."""
    found, _ = read_manifests(root, manifest_files(root, config), config)
    return frozenset(edition.key for edition in found if edition.published)


def read_manifest(data: bytes, path: str, config: Config) -> ClosedEdition:
    """One edition: a closed one, or without `published` what an editor says of an open one.

    Raises SitegenError for a manifest that cannot be trusted.
    """
    key = path.rpartition(f"{FOLDER}/")[2].removesuffix(".yaml")
    values, lines = load_mapping(utf8(data, path, "edition"), path, "edition")
    wrong: list[Diagnostic] = []

    def say(name: str, message: str, hint: str) -> None:
        wrong.append(problem("edition", message, path, lines.get(name, 1), help=hint))

    def check(name: str, good: bool, hint: str) -> None:
        if not good:
            say(name, f"`{name}` is missing or wrong", hint)

    for name in values.keys() - set(KEYS):
        hint = nearest_hint(name, KEYS, f"there are: {', '.join(KEYS)}")
        say(name, f"unknown key `{name}`", hint)
    is_closed = not values.keys().isdisjoint(("published", "number"))
    number, articles = values.get("number", None if is_closed else 1), values.get("articles")
    check(
        "number",
        type(number) is int and number > 0,
        "write a whole number such as `number: 12`",
    )
    is_list = isinstance(articles, list) or (articles is None and not is_closed)
    check("articles", is_list, "list the ids or paths of its articles in order")
    published = str(values.get("published") or "")
    try:
        published = read_date(published, config.zone)[0] if is_closed else ""
    except ValueError:
        check("published", False, "write it as 2026-11-24T18:30:00+01:00")
    wrong += _misplaced(key, path, config)
    entries = _entries(articles if isinstance(articles, list) else [], say)
    words = {
        name: read_comment(values.get(name), partial(say, name), name)
        for name in ("intro", "outro")
    }
    if wrong:
        raise SitegenError(wrong)
    assert isinstance(number, int)
    return ClosedEdition(
        key,
        path,
        number if is_closed else 0,
        " ".join(str(values.get("title") or "").split()),
        published,
        tuple(entries),
        str(values.get("lead") or ""),
        words["intro"],
        words["outro"],
        {name: comment for name, comment in entries.items() if comment},
    )


def _misplaced(key: str, path: str, config: Config) -> Iterator[Diagnostic]:
    """What is wrong with the name of a manifest, and with its folder, which is that of a series."""
    series, _, own = key.rpartition("/")
    if slugify(own) != own:
        message = f"`{own}` cannot be part of a URL"
        yield problem("edition", message, path, help=f"call it `{slugify(own)}.yaml`")
    known = [one.slug for one in config.series]
    if not known or series in known:
        return
    folders = [f"{config.content}/{FOLDER}/{name}".rstrip("/") for name in known]
    hint = nearest_hint(series, known, f"move it to {' or '.join(folders)}")
    what = f"no series is called `{series}`" if series else "every series has a name"
    yield problem("edition", f"is in no series of site.yaml: {what}", path, help=hint)


def _entries(
    articles: Sequence[Any], report: Callable[[str, str, str], None]
) -> dict[str, Comment | None]:
    """The articles of an edition by what they are called, each with what the editor says of it."""
    out: dict[str, Comment | None] = {}
    for entry in articles:
        fields = entry if isinstance(entry, dict) else {"article": entry}
        unknown = sorted(str(key) for key in fields.keys() - {"article", "comment"})
        if unknown or not isinstance(fields.get("article"), (str, int, float)):
            near = nearest(unknown[0], ("article", "comment")) if unknown else ""
            hint = did_you_mean(near, "write `- {article: ID, comment: …}`")
            what = f"unknown key `{unknown[0]}`" if unknown else "no `article`"
            report("articles", f"an entry of `articles` has {what}", hint)
            continue
        comment = read_comment(fields.get("comment"), partial(report, "articles"))
        if str(fields["article"]) in out:
            report("articles", f"`{fields['article']}` is listed twice", "remove one of the two")
        out[str(fields["article"])] = comment
    return out
