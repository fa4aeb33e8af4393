"""What is wrong in a `theme.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sitegen.base.diagnostics import Diagnostic, nearest, problem
from sitegen.base.yaml import load_mapping
from sitegen.theme.load import OPTION_TYPES, Spec, declared_options, misfit

KEYS = ("name", "version", "api", "extends", "description", "options")
OPTION_KEYS = ("type", "default", "choices", "description")


def check_spec(text: str, file: str, folder: str, above: Sequence[Spec]) -> Iterator[Diagnostic]:
    """What is wrong in ``text``, the `theme.yaml` of the folder called ``folder``; ``above`` are
    the themes it extends.

    Raises SitegenError for YAML that cannot be read.
    """
    told, lines = load_mapping(text, file, "theme")
    for key in told.keys() - set(KEYS):
        near = nearest(key, KEYS)
        hint = f"did you mean `{near}`?" if near else f"there are: {', '.join(KEYS)}"
        yield problem("theme", f"unknown key `{key}`", file, lines[key], help=hint)
    if (name := told.get("name", folder)) != folder:
        yield problem(
            "theme",
            f"the theme is called `{name}`, and its folder `{folder}`",
            file,
            lines["name"],
            help="give both one name",
        )
    for key, example in (("api", "1"), ("version", "0.1.0"), ("description", '"A newspaper"')):
        if not told.get(key):
            yield problem(
                "theme",
                f"`{key}` is missing",
                file,
                1,
                help=f"add a line `{key}: {example}`",
                level="warning",
            )
    options = told.get("options") or {}
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
    def wrong(message: str, hint: str = "", level: Any = "error") -> Diagnostic:
        return problem(
            "theme-option", f"option `{key}` {message}", file, line, help=hint, level=level
        )

    if entry is None:
        if key not in inherited:
            yield wrong("is dropped, and no theme above has it", "remove the line")
        return
    if not re.fullmatch(r"[a-z][a-z0-9_]*", key) or hasattr(dict, key):
        yield wrong(
            "has no name that templates can use",
            "use a-z, 0-9 and _, and no name of Python's dict such as `items`",
        )
    if not isinstance(entry, dict):
        yield wrong("must be a mapping", "write type, default and description")
        return
    for name in entry.keys() - set(OPTION_KEYS):
        near = nearest(name, OPTION_KEYS)
        yield wrong(
            f"has an unknown key `{name}`",
            f"did you mean `{near}`?" if near else f"there are: {', '.join(OPTION_KEYS)}",
        )
    whole = inherited.get(key, {}) | entry
    if (kind := whole.get("type")) not in OPTION_TYPES:
        yield wrong(
            f"has the unknown type `{kind}`" if kind else "has no type",
            f"there are: {', '.join(OPTION_TYPES)}",
        )
        return
    if kind == "choice" and not (isinstance(whole.get("choices"), list) and whole["choices"]):
        yield wrong("has no `choices`", "list the words that it may be")
        return
    if "default" not in whole:
        yield wrong("has no `default`", "a site that says nothing of it needs one")
    elif said := misfit(whole["default"], whole):
        yield wrong(f"has a default that it may not be: it must be {said}")
    if not whole.get("description"):
        yield wrong("has no `description`", "say in a line what it does", "warning")
