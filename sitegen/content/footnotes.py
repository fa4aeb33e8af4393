"""Footnotes of a text: behind it, in the order in which they are referred to, each once.

Works on HTML whose elements are closed, as a sanitiser leaves it. A Markdown engine leaves a note
where it is written, which may be in the middle of the text, and numbers it by that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

_BORDER = re.compile(r"<(/?)(div|li)\b([^<>]*)>")
_DEFINITION = re.compile(r'class="footnote-definition" id="([^"]*)"')
_LISTED = re.compile(r'id="fn:([^"]*)"')  # by Python-Markdown, which collects notes itself
_LABEL = re.compile(r'<sup class="footnote-definition-label">[^<]*</sup>\s*')
_REFERENCE = re.compile(r'<sup class="footnote-reference"><a href="#([^"]*)">[^<]*</a></sup>')
_EMPTY_LIST = re.compile(r'<div class="footnote">\s*<hr[^>]*>\s*<ol>\s*</ol>\s*</div>')
_CODE = re.compile(r"<(pre|code)\b[^<>]*>[^<]*</\1>")
_UNDEFINED = re.compile(r"\[\^([^\[\]<>\s^]{1,40})\]")


class Notes(NamedTuple):
    """A text with its footnotes behind it, and the names of those that are not shown, or shown once
    only."""

    html: str
    unused: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    undefined: tuple[str, ...] = ()


def is_meant(source: str, name: str) -> bool:
    """Whether the Markdown ``source`` refers to the note ``name``, rather than to show the signs
    `[^name]`, as a backslash before the bracket says."""
    before = source.split(f"[^{name}]")[:-1]
    return not before or any(_ends_unescaped(part) for part in before)


def _ends_unescaped(text: str) -> bool:
    return (len(text) - len(text.rstrip("\\"))) % 2 == 0


def collected(html: str) -> Notes:
    """``html`` with its footnotes behind the text, in the order of reference; each leads back to
    its first reference."""
    undefined = (
        tuple(dict.fromkeys(_UNDEFINED.findall(_CODE.sub("", html)))) if "[^" in html else ()
    )
    if 'class="footnote"' in html:
        return _listed(html)._replace(undefined=undefined)
    if "footnote-" not in html:
        return Notes(html, undefined=undefined)
    text, written = _taken_out(html, _DEFINITION)
    notes: dict[str, tuple[str, str]] = {}
    repeated = []
    for name, note in written:
        if notes.setdefault(_key(name), (name, note)) != (name, note):
            repeated.append(name)
    numbers: dict[str, int] = {}
    text = _REFERENCE.sub(_numbered(numbers, notes), text)
    rows = list(_in_order(numbers, notes))
    unused = tuple(name for key, (name, _) in notes.items() if key not in numbers)
    end = f'<div class="footnotes">\n{"".join(rows)}</div>\n' if rows else ""
    return Notes(f"{text.rstrip()}\n{end}", unused, tuple(repeated), undefined)


def _key(name: str) -> str:
    """What two spellings of one note's name have in common, as in CommonMark's labels."""
    return " ".join(name.casefold().split())


def _numbered(
    numbers: dict[str, int], notes: dict[str, tuple[str, str]]
) -> Callable[[re.Match[str]], str]:
    """A replacement that gives each reference its number; a note gets one when it is first referred
    to."""

    def reference(match: re.Match[str]) -> str:
        key = _key(match[1])
        if key not in notes:
            return match[0]
        name = _name(key)
        anchor = "" if key in numbers else f' id="from-{name}"'
        number = numbers.setdefault(key, len(numbers) + 1)
        return f'<sup class="footnote-reference"><a{anchor} href="#note-{name}">{number}</a></sup>'

    return reference


def _name(key: str) -> str:
    return key.replace(" ", "-")


def _in_order(numbers: dict[str, int], notes: dict[str, tuple[str, str]]) -> Iterator[str]:
    """The notes as they are shown; one that is referred to in a note only comes behind those of the
    text."""
    reference = _numbered(numbers, notes)
    following = list(numbers)
    while following:
        known = len(numbers)
        for key in following:
            name, body = (
                _name(key),
                _REFERENCE.sub(reference, _LABEL.sub("", notes[key][1], count=1)).strip(),
            )
            label = (
                '<sup class="footnote-definition-label"><a'
                f' href="#from-{name}">{numbers[key]}</a></sup>'
            )
            yield (
                '<div class="footnote-definition"'
                f' id="note-{name}">{label}\n<div>{body}</div>\n</div>\n'
            )
        following = list(numbers)[known:]


def _listed(html: str) -> Notes:
    """``html`` whose notes are a list behind the text already, without those that nothing refers
    to."""
    referred = set(re.findall(r'href="#fn:([^"]*)"', html))
    unused: list[str] = []

    def wanted(attributes: str) -> re.Match[str] | None:
        found = _LISTED.search(attributes)
        return found if found and found[1] not in referred else None

    text, taken = _taken_out(html, wanted)
    unused = [name for name, _ in taken]
    return Notes(_EMPTY_LIST.sub("", text), tuple(unused))


def _taken_out(
    html: str, definition: re.Pattern[str] | Callable[[str], re.Match[str] | None]
) -> tuple[str, list[tuple[str, str]]]:
    """``html`` without the elements whose attributes match ``definition``, and those: (name, what
    is in it)."""
    search = definition.search if isinstance(definition, re.Pattern) else definition
    text: list[str] = []
    notes: list[tuple[str, str]] = []
    opened: list[
        tuple[str, str | None, list[str]]
    ] = []  # (element, name of the note, where its parts go)
    parts, last = text, 0
    for match in _BORDER.finditer(html):
        closing, element, attributes = match.groups()
        found = None if closing else search(attributes)
        parts.append(html[last : match.start()])
        last = match.end()
        if found:
            opened.append((element, found[1], parts))
            parts = []
        elif not closing:
            opened.append((element, None, parts))
            parts.append(match[0])
        elif opened and opened[-1][0] == element:
            _, name, outer = opened.pop()
            if name is None:
                parts.append(match[0])
            else:
                notes.append((name, "".join(parts)))
                parts = outer
        else:
            parts.append(match[0])
    if any(name is not None for _, name, _ in opened):
        return html, []  # an element is not closed: of a site that trusts its authors
    parts.append(html[last:])
    return "".join(text), notes
