"""The head of an article in the notations of other generators, as plain values; and the body below
it."""

from __future__ import annotations

import re
from typing import Any, Literal

from sitegen.base.diagnostics import SitegenError
from sitegen.base.values import MAX_DEPTH, read_json, read_toml
from sitegen.base.yaml import cut_values, load_mapping
from sitegen.content.frontmatter import KEYS, SYNONYMS, is_text
from sitegen.model.base import Struct

Notation = Literal["yaml", "toml", "json", "pelican", "nikola", "none"]
MAX_HEAD = 400_000
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_FENCE = re.compile(r"(---|\+\+\+|;;;)[ \t]*\n")
_PELICAN = re.compile(r"([A-Za-z][A-Za-z0-9_ -]{1,30}):[ \t]?(.*)")
_NIKOLA = re.compile(r"\.\. ([A-Za-z_][\w-]{1,40}):(?!:)[ \t]?(.*)")
_NOT_TEXT = (
    ("comment", re.compile(r"<!--|%%")),
    ("template code", re.compile(r"\{[{%]")),
    ("directive", re.compile(r"\.\. |:[A-Za-z][\w-]{0,40}:")),
    ("link target", re.compile(r"\[[^\]\n]{1,200}\]: \S+")),
)
_OURS = ("comment",)  # words of this digest, which no import brings
_KNOWN = {name.replace("_", ""): name for name in (*KEYS, *SYNONYMS)}
_OFTEN = frozenset(
    "title date author authors tags category slug summary status modified template lang keywords"
    " save_as url".split()
)


class Head(Struct, frozen=True):
    """Raw values, the body, how the head was written, how it is damaged, and the keys of values
    that YAML ends where a comment begins, with their lines."""

    values: dict[str, Any]
    body: str
    notation: Notation
    damage: str = ""
    cut: tuple[tuple[str, int], ...] = ()


def split_head(text: str, name: str = "") -> Head:
    """``text`` (line ends folded) parted into head and body.

    Broken YAML is read line by line, and ``damage`` says so.
    """
    text = text.lstrip("\ufeff")
    fence = _FENCE.match(text)
    if fence:
        parts = _apart(text, fence)
        if parts is None:
            return Head({}, text, "none", "front matter is not closed")
        head, body = parts
        return _fenced(fence[1], head[:MAX_HEAD], body, name)
    if text.startswith("{"):
        try:
            values, end = read_json(text)
        except ValueError as error:
            return Head({}, text, "none", f"broken JSON: {error}"[:120])
        return Head(values if isinstance(values, dict) else {}, text[end:].lstrip("\n"), "json")
    return _lines(text)


def body_of(text: str) -> str:
    """What is below the head of ``text`` (line ends folded), as it is written."""
    text = text.lstrip("\ufeff")
    fence = _FENCE.match(text)
    parts = _apart(text, fence) if fence else None
    return parts[1] if parts else split_head(text).body


def _apart(text: str, fence: re.Match[str]) -> tuple[str, str] | None:
    """(head, body) of a text that begins with ``fence``, or None where no other one closes it."""
    mark = re.escape(fence[1]) + ("|[.]{3}" if fence[1] == "---" else "")
    close = re.compile(rf"^(?:{mark})[ \t]*$", re.M).search(text, fence.end())
    if close is None:
        return None
    return text[fence.end() : close.start()], text[close.end() :].removeprefix("\n")


def kind_of_row(row: str) -> str:
    """The kind of a row of Markdown or reStructuredText that is not of the text, or an empty
    string."""
    return next((kind for kind, sign in _NOT_TEXT if sign.match(row.strip())), "")


def meta_values(text: str) -> dict[str, Any]:
    """The values of a Nikola `.meta` file: `.. key: value`, or in older ones one value a line."""
    found = {
        m[1].lower(): m[2].strip() for row in text.split("\n") if (m := _NIKOLA.match(row.strip()))
    }
    if found:
        return found
    rows = [row.strip() for row in text.split("\n")]
    return {
        k: v
        for k, v in zip(
            ("title", "slug", "date", "tags", "link", "description"), rows, strict=False
        )
        if v
    }


def fold(values: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str], dict[str, Any]]:
    """(values by the keys of docs/front-matter.md, how each was spelt, the rest).

    The plain key wins over its synonyms.
    """
    out: dict[str, Any] = {}
    spelt: dict[str, str] = {}
    rest: dict[str, Any] = {}
    for key, value in values.items():
        if value is None or value == "":
            continue
        folded = _CAMEL.sub("_", str(key)).lower().replace("-", "_").replace(" ", "_")
        folded = (
            folded
            if folded in KEYS or folded in SYNONYMS
            else _KNOWN.get(folded.replace("_", ""), folded)
        )
        name = folded if folded in KEYS else SYNONYMS.get(folded, "")
        name = "" if name in _OURS else name
        if not name:
            rest[str(key)] = value
        elif name not in out or folded == name:
            if name in out:
                rest[spelt[name]] = out[name]
            out[name], spelt[name] = value, str(key)
        elif out[name] != value:
            rest[str(key)] = value
    return out, spelt, rest


def _fenced(mark: str, head: str, body: str, name: str) -> Head:
    if mark == "+++":
        try:
            return Head(read_toml(head), body, "toml")
        except ValueError as error:
            return Head({}, body, "toml", f"broken TOML: {error}"[:160])
    if mark == ";;;":
        try:
            found, _ = read_json(f"{{{head.strip().removesuffix(',')}}}")
            return Head(found, body, "json")
        except ValueError as error:
            return Head({}, body, "json", f"broken JSON: {error}"[:160])
    try:
        values = load_mapping(head, name, "front-matter", 2, is_text)[0]
        return Head(values, body, "yaml", cut=tuple(cut_values(head, is_text, 2)))
    except SitegenError as error:
        first = error.diagnostics[0]
        lenient = _line_by_line(head)
        return Head(lenient, body, "yaml", f"line {first.line}: {first.message}")


def _line_by_line(head: str) -> dict[str, Any]:
    """`key: value` lines of broken YAML, such as a title with a colon; lists and mappings are given
    up."""
    out: dict[str, Any] = {}
    last = ""
    for row in head.split("\n")[:2000]:
        match = re.match(r"([A-Za-z][\w-]{0,40})\s*:\s*(.*)", row)
        item = re.match(r"\s*-\s+(.+)", row)
        if match:
            last, value = match[1], match[2].strip()
            out.setdefault(last, _unquoted(value))
        elif item and last and (not out[last] or isinstance(out[last], list)):
            out[last] = [*(out[last] or []), _unquoted(item[1].strip())]
    return out


def _unquoted(value: str, depth: int = 1) -> Any:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    if value.startswith("[") and value.endswith("]") and depth <= MAX_DEPTH:
        return [_unquoted(v.strip(), depth + 1) for v in value[1:-1].split(",") if v.strip()]
    return {"true": True, "false": False}.get(value, value)


def _lines(text: str) -> Head:
    """Heads without a fence: Nikola's comment, Pelican's `Key: value`."""
    text = text.lstrip()
    start = re.match(r"(?:<!--[ \t]{0,9}\n?[ \t]{0,9})?(?=\.\. [A-Za-z_]+:)", text)
    if start:
        found: dict[str, Any] = {}
        end = start.end()
        for row in re.finditer(r"[ \t]*(.*)\n?", text[start.end() : start.end() + MAX_HEAD]):
            match = _NIKOLA.match(row[1].strip())
            if match:
                found[match[1].lower()] = match[2].strip()
            elif row[1].strip() and row[1].strip() != "-->":
                break
            end = start.end() + row.end()
            if row[1].strip() == "-->" or not row[0]:
                break
        return Head(found, text[end:].lstrip("\n"), "nikola")
    found, end, last = {}, 0, ""
    for row in re.finditer(r"(.*)\n?", text[:MAX_HEAD]):
        match = _PELICAN.fullmatch(row[1].rstrip())
        if match:
            last = match[1].lower().replace(" ", "_")
            found.setdefault(last, match[2].strip())
        elif last and row[1].startswith(("    ", "\t")) and row[1].strip():
            found[last] = f"{found[last]} {row[1].strip()}".strip()
        else:
            break
        end = row.end()
        if not row[0]:
            break
    if _OFTEN & found.keys() and ("title" in found or len(_OFTEN & found.keys()) >= 2):
        return Head(found, text[end:].lstrip("\n"), "pelican")
    return Head({}, text, "none")
