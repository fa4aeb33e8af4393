"""The manifests of closed editions: ``content/editions/KEY.yaml``, one for each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sitegen.base.dates import read_date
from sitegen.base.diagnostics import Diagnostic, SitegenError, problem
from sitegen.base.files import read_bytes, utf8
from sitegen.base.text import slugify
from sitegen.base.yaml import load_mapping
from sitegen.config.schema import Config
from sitegen.content.discover import Found, found_file
from sitegen.model.site import ClosedEdition

FOLDER = "editions"


def manifest_files(root: Path, config: Config) -> tuple[Found, ...]:
    """The manifests there are, sorted by path.

    Links are passed over.
    """
    folder = root / config.content / FOLDER
    out = []
    for path in sorted(folder.glob("*.yaml")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink() and path.name[0] not in "._":
            out.append(found_file(path.relative_to(root).as_posix(), path.stat()))
    return tuple(out)


def read_manifests(
    root: Path, files: Sequence[Found], config: Config
) -> tuple[tuple[ClosedEdition, ...], list[Diagnostic]]:
    """Every closed edition, and what is wrong with the manifests of others."""
    out, problems = [], []
    for found in files:
        try:
            out.append(read_manifest(read_bytes(root / found.path, found.path), found.path, config))
        except SitegenError as error:
            problems += error.diagnostics
    return tuple(sorted(out, key=lambda f: (f.number, f.key))), problems


def read_manifest(data: bytes, path: str, config: Config) -> ClosedEdition:
    """One closed edition.

    Raises SitegenError for a manifest that cannot be trusted.
    """
    key = path.rsplit("/", 1)[-1].removesuffix(".yaml")
    values, lines = load_mapping(utf8(data, path, "edition"), path, "edition")
    wrong: list[Diagnostic] = []

    def check(name: str, good: bool, hint: str) -> Any:
        if not good:
            wrong.append(
                problem(
                    "edition", f"`{name}` is missing or wrong", path, lines.get(name, 1), help=hint
                )
            )
        return values.get(name)

    number, articles, published = (
        values.get("number"),
        values.get("articles"),
        str(values.get("published") or ""),
    )
    check(
        "number",
        type(number) is int and number > 0,
        "write a whole number such as `number: 12`",
    )
    check("articles", isinstance(articles, list), "list the ids or paths of its articles in order")
    try:
        published, _ = read_date(published, config.zone)
    except ValueError:
        check("published", False, "write it as 2026-11-24T18:30:00+01:00")
    if slugify(key) != key:
        wrong.append(
            problem(
                "edition",
                f"`{key}` cannot be part of a URL",
                path,
                help=f"call it `{slugify(key)}.yaml`",
            )
        )
    if wrong:
        raise SitegenError(wrong)
    assert isinstance(number, int)
    refs = tuple(str(a) for a in articles or ())
    return ClosedEdition(
        key,
        path,
        number,
        " ".join(str(values.get("title") or "").split()),
        published,
        refs,
        str(values.get("lead") or ""),
    )
