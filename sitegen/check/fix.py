"""Fix problems that have exactly one safe fix.

Every change is proved: the article, read again, differs in nothing else.
"""

from __future__ import annotations

import difflib
import html
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

import msgspec

from sitegen.base.files import read_bytes, write_whole
from sitegen.check.locate import split_rows
from sitegen.check.model import Fix
from sitegen.config.schema import Config
from sitegen.content.article import parse
from sitegen.model.article import Document, Parsed, Person
from sitegen.model.base import Struct


class Change(Struct, frozen=True):
    """One file before and after its fixes."""

    path: str
    before: bytes
    after: bytes
    fixes: int

    def diff(self) -> str:
        """The change as a unified diff."""
        old, new = (data.decode("utf-8-sig").splitlines() for data in (self.before, self.after))
        return "\n".join(
            difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", lineterm="", n=1)
        )


def changes(root: Path, fixes: Iterable[Fix], config: Config) -> list[Change]:
    """What ``fixes`` do to the files; those that would change anything else are left out."""
    groups: dict[str, list[Fix]] = defaultdict(list)
    for fix in fixes:
        groups[fix.path].append(fix)
    out = []
    for path, wanted in sorted(groups.items()):
        before = data = read_bytes(root / path, path)
        done = 0
        for fix in wanted:
            fixed = apply_fix(data, fix, config)
            done += fixed != data
            data = fixed
        if done:
            out.append(Change(path, before, data, done))
    return out


def write(root: Path, planned: Iterable[Change]) -> None:
    """Replace the files, except those that have changed meanwhile."""
    for change in planned:
        if read_bytes(root / change.path, change.path) == change.before:
            write_whole(root / change.path, change.after)


def apply_fix(data: bytes, fix: Fix, config: Config) -> bytes:
    """``data`` with ``fix`` done, or as it was where that would change anything else."""
    old = parse(data, fix.path, config)
    if not old.document:
        return data
    text = data.decode("utf-8")  # with its byte order mark and line ends, which stay
    for candidate in _author_forms(text, fix) if fix.kind == "author" else _link_forms(text, fix):
        fixed = candidate.encode()
        if fixed != data and _as_wanted(old, parse(fixed, fix.path, config), fix):
            return fixed
    return data


def _author_forms(text: str, fix: Fix) -> list[str]:
    """``text`` with the author's name replaced between `authors` and the next key: within quotes,
    else bare."""
    rows = re.split(r"(?<=\n)", text)
    places = split_rows(text.removeprefix("\ufeff"))
    start = places.keys.get("authors", 0)
    stop = min((n for n in (*places.keys.values(), places.body) if n > start), default=0)
    if not start or not stop:
        return []
    head, part, tail = (
        "".join(rows[: start - 1]),
        "".join(rows[start - 1 : stop - 1]),
        "".join(rows[stop - 1 :]),
    )
    quoted = json.dumps(fix.new, ensure_ascii=False)
    bare = re.sub(rf"(?<![\w.-]){re.escape(fix.old)}(?![\w-])", lambda _: fix.new, part)
    safe = part
    for sign in "\"'":
        safe = safe.replace(f"{sign}{fix.old}{sign}", quoted)
    return [head + new + tail for new in (safe, bare)]


def _link_forms(text: str, fix: Fix) -> list[str]:
    """``text`` with the link's URL replaced wherever it is written as one."""
    out = []
    for form in dict.fromkeys((fix.old, unquote(fix.old), html.escape(fix.old))):
        out.append(
            re.sub(rf"(?<=[(<\"'\s]){re.escape(form)}(?=[)>\"'\s]|$)", lambda _: fix.new, text)
        )
    return out


def _renamed(person: Person, fix: Fix) -> Person:
    return msgspec.structs.replace(person, name=fix.new) if person.name == fix.old else person


def _as_wanted(old: Parsed, new: Parsed, fix: Fix) -> bool:
    """Whether an article differs from what it was in what ``fix`` names, and in nothing else."""
    if not old.document or not new.document:
        return False
    if fix.kind == "author":
        return new.html == old.html and new.document == _with_author(old.document, fix)
    linked = _with_link(old.document, fix, new.document.body_digest)
    return new.document == linked and new.html == _relinked(old.html, fix) != old.html


def _with_author(document: Document, fix: Fix) -> Document:
    """The article with the new name of a person."""
    authors = tuple(_renamed(person, fix) for person in document.authors)
    return msgspec.structs.replace(document, authors=authors)


def _with_link(document: Document, fix: Fix, digest: str) -> Document:
    """The article with the new URL of a link, and the ``digest`` of its new body."""
    links = dict.fromkeys(fix.new if href == fix.old else href for href in document.links)
    return msgspec.structs.replace(document, body_digest=digest, links=tuple(links))


def _relinked(text: str, fix: Fix) -> str:
    """HTML with another URL in its links."""
    return text.replace(f'href="{html.escape(fix.old)}"', f'href="{html.escape(fix.new)}"')
