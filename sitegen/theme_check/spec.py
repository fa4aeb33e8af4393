"""Errors in a `theme.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sitegen.base.diagnostics import Diagnostic, nearest_hint, problem
from sitegen.base.yaml import load_mapping
from sitegen.theme.load import OPTION_TYPES, Spec, declared_options, misfit

KEYS = ("name", "version", "api", "extends", "description", "options")
OPTION_KEYS = ("type", "default", "choices", "description")


def check_spec(text: str, file: str, folder: str, above: Sequence[Spec]) -> Iterator[Diagnostic]:
    """Errors in ``text``, the `theme.yaml` of the folder called ``folder``; ``above`` are
    the themes it extends.

    Raises SitegenError for YAML that cannot be read.
    """
    settings, lines = load_mapping(text, file, "theme")
    for key in settings.keys() - set(KEYS):
        hint = nearest_hint(key, KEYS, f"choose from: {', '.join(KEYS)}")
        yield problem("theme", f"unknown key `{key}`", file, lines[key], help=hint)
    if (name := settings.get("name", folder)) != folder:
        yield problem(
            "theme",
            f"the theme is called `{name}`, and its folder `{folder}`",
            file,
            lines["name"],
            help="give both the same name",
        )
    for key, example in (("api", "1"), ("version", "0.1.0"), ("description", '"A newspaper"')):
        if not settings.get(key):
            yield problem(
                "theme",
                f"`{key}` is missing",
                file,
                1,
                help=f"add a line `{key}: {example}`",
                level="warning",
            )
    options = settings.get("options") or {}
    if isinstance(options, dict):
        inherited = declared_options(above)
        for key, entry in options.items():
            line = _line(text, key, lines.get("options", 1))
            yield from _option(key, entry, inherited, file, line)


def _line(text: str, key: str, after: int) -> int:
    rows = text.split("\n")
    return next(
        (
            n
            for n, row in enumerate(rows[after:], after + 1)
            if re.match(rf"\s+[\"']?{re.escape(key)}[\"']?\s*:", row)
        ),
        after,
    )


def _option(
    key: str, entry: Any, inherited: dict[str, dict[str, Any]], file: str, line: int
) -> Iterator[Diagnostic]:
    def fault(message: str, hint: str = "", level: Any = "error") -> Diagnostic:
        return problem(
            "theme-option", f"option `{key}` {message}", file, line, help=hint, level=level
        )

    if entry is None:
        if key not in inherited:
            yield fault("is dropped, but no inherited theme has it", "remove the line")
        return
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key) or hasattr(dict, key):
        yield fault(
            "has a name that templates cannot use",
            "use a-z, 0-9 and _, and no name of Python's dict such as `items`",
        )
    if not isinstance(entry, dict):
        yield fault("must be a mapping", "write type, default and description")
        return
    for name in entry.keys() - set(OPTION_KEYS):
        yield fault(
            f"has an unknown key `{name}`",
            nearest_hint(name, OPTION_KEYS, f"choose from: {', '.join(OPTION_KEYS)}"),
        )
    merged = inherited.get(key, {}) | entry
    if (kind := merged.get("type")) not in OPTION_TYPES:
        yield fault(
            f"has the unknown type `{kind}`" if kind else "has no type",
            f"choose from: {', '.join(OPTION_TYPES)}",
        )
        return
    if kind == "choice" and not (isinstance(merged.get("choices"), list) and merged["choices"]):
        yield fault("has no `choices`", "list the values that it may have")
        return
    if "default" not in merged:
        yield fault("has no `default`", "a site that does not set it needs one")
    elif expected := misfit(merged["default"], merged):
        yield fault(f"has a default that is not valid: it must be {expected}")
    if not merged.get("description"):
        yield fault("has no `description`", "describe it in one line", "warning")
