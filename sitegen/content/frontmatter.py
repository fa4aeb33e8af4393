"""Front matter: three notations, many dialects, one set of keys."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, nearest_hint, problem
from sitegen.base.files import files_below, read_bytes, utf8
from sitegen.base.text import unix_lines
from sitegen.base.values import read_json, read_toml
from sitegen.base.yaml import cut_values, cut_warnings, load_mapping, marked_values, may_be_cut
from sitegen.content.discover import TEXT_SUFFIXES

KEYS = (
    "id",
    "title",
    "dek",
    "authors",
    "credits",
    "date",
    "updated",
    "first_seen",
    "publish_at",
    "expires_at",
    "on_expiry",
    "status",
    "kind",
    "genre",
    "gone",
    "section",
    "tags",
    "summary",
    "dateline",
    "image",
    "source",
    "canonical",
    "rights",
    "corrections",
    "comment",
    "story",
    "edition",
    "lead",
    "weight",
    "slug",
    "url",
    "aliases",
    "lang",
    "translation_of",
    "template",
    "toc",
    "extra",
)

# Synonyms of Hugo, Zola, Eleventy, Jekyll, Hexo, Pelican, Nikola and Ghost, in folded form.
SYNONYMS = {
    "author": "authors",
    "byline": "authors",
    "guid": "id",
    "uuid": "id",
    "headline": "title",
    "lastmod": "updated",
    "modified": "updated",
    "last_modified_at": "updated",
    "updated_at": "updated",
    "date_modified": "updated",
    "publish_date": "publish_at",
    "pubdate": "publish_at",
    "scheduled": "publish_at",
    "published_at": "date",
    "date_published": "date",
    "expiry_date": "expires_at",
    "unpublish_date": "expires_at",
    "category": "section",
    "categories": "section",
    "keywords": "tags",
    "topics": "tags",
    "description": "summary",
    "excerpt": "summary",
    "custom_excerpt": "summary",
    "subtitle": "dek",
    "cover": "image",
    "thumbnail": "image",
    "previewimage": "image",
    "feature_image": "image",
    "images": "image",
    "canonical_url": "canonical",
    "original_link": "canonical",
    "link": "canonical",
    "redirect_from": "aliases",
    "permalink": "url",
    "save_as": "url",
    "path": "slug",
    "pin": "lead",
    "sticky": "lead",
    "featured": "lead",
    "order": "weight",
    "menu_order": "weight",
    "language": "lang",
    "locale": "lang",
    "translation_key": "translation_of",
    "layout": "template",
    "custom_template": "template",
    "params": "extra",
    "license": "rights",
}
_TEXTS = frozenset(
    "id title dek genre authors credits section tags summary dateline source corrections comment"
    " story edition slug lang translation_of".split()
)
SHOWN = frozenset(
    [
        "title",
        "dek",
        "genre",
        "summary",
        "dateline",
        "authors",
        "credits",
        "tags",
        "source",
        "image",
        "corrections",
        "comment",
        "rights",
    ]
)
_DRAFT_HELP = "use true or false"
_YES = ("true", "yes", "on", "1")
_NO = ("false", "no", "off", "0", "none", "")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_PLAIN_KEYS = frozenset(KEYS)
_KNOWN_FOLDED = {key.replace("_", ""): key for key in (*KEYS, *SYNONYMS)}


class FrontMatter:
    """The values of a file's front matter by canonical key, with the line and spelling of each."""

    __slots__ = (
        "body",
        "body_line",
        "cut",
        "lines",
        "marked",
        "path",
        "spelt",
        "text",
        "unknown",
        "values",
    )

    def __init__(self, path: str, text: str) -> None:
        self.path, self.text = path, text
        self.values: dict[str, Any] = {}
        self.lines: dict[str, int] = {}
        self.spelt: dict[str, str] = {}
        self.unknown: list[tuple[str, int]] = []
        self.cut: list[tuple[str, int]] = []  # keys with a value that a comment ends, and the line
        self.marked: list[tuple[str, str, int]] = []  # keys that lose their first word, and it
        self.body = ""
        self.body_line = 1

    def row(self, line: int) -> str:
        """The text of line ``line`` (1-based), cut for a message."""
        rows = self.text.split("\n", line)
        return rows[line - 1].strip()[:120] if 0 < line <= len(rows) else ""


def decode(data: bytes, path: str) -> str:
    """The text of a file: UTF-8 with or without BOM, line ends folded to ``\\n``.

    Raises SitegenError for bytes that are not UTF-8, NUL bytes and empty files, with the line.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise fail("encoding", "is UTF-16, not UTF-8", path, 1, "save it as UTF-8")
    text = utf8(data, path, help="save the file as UTF-8, or import it: `sitegen import` guesses")
    if b"\0" in data:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise fail("encoding", "holds a NUL byte", path, line, "remove it; is this a text file?")
    if not text or text.isspace():
        raise fail(
            "empty",
            "is empty",
            path,
            1,
            "write front matter with `title` and `date`, or delete the file",
        )
    return unix_lines(text) if b"\r" in data else text


def read_front_matter(
    text: str, path: str, own: Mapping[str, str] = MappingProxyType({})
) -> FrontMatter:
    """Split ``text`` and read its front matter: YAML ``---``, TOML ``+++`` or JSON ``{``.

    ``own`` are keys that only this site has, by their `folded_key`.

    Raises SitegenError where it is missing, unclosed, broken, or two synonyms contradict each
    other.
    """
    raw, lines, body, body_line = split(text, path, own)
    out = FrontMatter(path, text)
    out.body, out.body_line = body, body_line
    for key, value in raw.items():
        line = lines.get(key, 1)
        canonical = (own.get(folded_key(key)) if own else None) or _canonical(key, value)
        if canonical is None:
            out.unknown.append((key, line))
        elif canonical in out.values and out.values[canonical] != value and value not in (None, ""):
            _clash(out, canonical, key, value, line)
        else:
            out.values[canonical], out.lines[canonical], out.spelt[canonical] = value, line, key
    _draft_flags(out, raw, lines)
    head = _yaml_head(text, body_line)
    out.cut = cut_values(head, _is_shown, 2)
    out.marked = marked_values(head, _is_shown, 2)
    return out


def is_text(key: str) -> bool:
    """Whether the value of a key, in any spelling, is text: it is then read as it is typed."""
    return (
        key.lower() != "published" and _canonical(key, None) in _TEXTS
    )  # Jekyll's is true or false


def folded_key(key: str) -> str:
    """The one form of a key in all its spellings."""
    return _CAMEL.sub("_", key).lower().replace("-", "_")


def split(
    text: str, path: str, own: Container[str] = ()
) -> tuple[dict[str, Any], dict[str, int], str, int]:
    """The values of the front matter with their lines, the body and its first line; values of
    ``own`` keys are text."""
    first, _, rest = text.partition("\n")
    fence = first.rstrip()
    if fence in ("---", "+++"):
        match = re.search(rf"^{re.escape(fence)}[ \t]*$", rest, re.MULTILINE)
        if not match:
            hint = f"close it with a line `{fence}`"
            raise fail("front-matter", "front matter is not closed", path, 1, hint)
        head, body = rest[: match.start()], rest[match.end() + 1 :]
        body_line = head.count("\n") + 3
        if fence == "---":
            texts = (lambda key: folded_key(key) in own or is_text(key)) if own else is_text
            return *load_mapping(head, path, "front-matter", 2, texts), body, body_line
        return *_toml(head, path), body, body_line
    if text.startswith("{"):
        return _json(text, path)
    raise fail(
        "front-matter",
        "has no front matter",
        path,
        1,
        "start the file with `---`, `title: …`, `date: …`, `---`",
    )


def read_fields(
    path: Path, place: str, known: Sequence[str], code: str
) -> tuple[dict[str, Any], dict[str, int], str]:
    """The values of a file about a person or a term, with their lines, and the text below.

    Raises SitegenError with ``code`` for a key that is none of ``known``, and as `split` does.
    """
    values, lines, body, _ = split(decode(read_bytes(path, place), place), place)
    for key in values:
        if key not in known:
            hint = nearest_hint(key, known, "use " + ", ".join(known))
            raise SitegenError(
                problem(code, f"unknown key `{key}`", place, lines.get(key, 1), 1, hint)
            )
    return values, lines, body


def cut_fields(root: Path, folder: str) -> list[Diagnostic]:
    """A warning for each value in the files below ``folder``, which are about people or terms, that
    YAML ends where a comment begins."""
    out: list[Diagnostic] = []
    for path in files_below(root / folder, folder)[0]:
        place = path.relative_to(root).as_posix()
        if path.suffix.lower() in TEXT_SUFFIXES:
            with suppress(SitegenError):  # of a file that cannot be read: reported by its reader
                text = decode(read_bytes(path, place), place)
                if may_be_cut(text):
                    head = _yaml_head(text, split(text, place)[3])
                    out += cut_warnings(head, _is_shown, place, "front-matter", 2)
    return out


def _yaml_head(text: str, body_line: int) -> str:
    """The YAML between the fences of a file whose body starts at ``body_line``; else nothing."""
    rows = text.split("\n", body_line)
    return "\n".join(rows[1 : body_line - 2]) if text.startswith("---") else ""


def _is_shown(key: str) -> bool:
    return _canonical(key, "") in SHOWN


def _toml(head: str, path: str) -> tuple[dict[str, Any], dict[str, int]]:
    try:
        values = read_toml(head)
    except ValueError as error:
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) + 1 if found else 1
        raise fail("front-matter", f"broken TOML: {error}", path, line) from None
    return values, {
        m[1]: n
        for n, row in enumerate(head.split("\n"), 2)
        if (m := re.match(r"\[?\s*([\w-]+)", row))
    }


def _json(text: str, path: str) -> tuple[dict[str, Any], dict[str, int], str, int]:
    try:
        values, end = read_json(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise fail(
            "front-matter", f"broken JSON: {getattr(error, 'msg', error)}", path, line
        ) from None
    head = text[:end]
    lines = {
        m[1]: n
        for n, row in enumerate(head.split("\n"), 1)
        if (m := re.match(r'\s*\{?\s*"([^"]+)"\s*:', row))
    }
    return values, lines, text[end:].lstrip("\n"), head.count("\n") + 2


def _canonical(key: str, value: Any) -> str | None:
    """The key that another spelling of it means; empty for one that says "draft", None for an
    unknown one."""
    if key in _PLAIN_KEYS:
        return key
    folded = folded_key(key)
    if folded == "published":
        return "" if isinstance(value, bool) else "date"
    return "" if folded == "draft" else _known_key(folded)


def _known_key(folded: str) -> str | None:
    """The key that a folded spelling means; None for an unknown one."""
    if folded not in KEYS and folded not in SYNONYMS:
        folded = _KNOWN_FOLDED.get(folded.replace("_", ""), folded)
    if folded == "aliases" or folded in KEYS:
        return folded
    return SYNONYMS.get(folded)


def _draft_flags(out: FrontMatter, raw: dict[str, Any], lines: dict[str, int]) -> None:
    """`draft: true` (Hugo, Zola) and `published: false` (Jekyll, Hexo) as a status.

    Raises SitegenError for a draft that is neither true nor false.
    """
    out.values.pop("", None)
    for key, value in raw.items():
        if key.lower() == "draft" and str(value).strip().lower() not in _YES + _NO:
            raise fail(
                "front-matter", f"`{key}` is `{value}`", out.path, lines.get(key, 1), _DRAFT_HELP
            )
    if any(_says_draft(key.lower(), value) for key, value in raw.items()):
        out.values["status"] = "draft"


def _says_draft(key: str, value: Any) -> bool:
    if key == "draft":
        return str(value).strip().lower() in _YES
    return key == "published" and value is False


def _clash(out: FrontMatter, canonical: str, key: str, value: Any, line: int) -> None:
    """Take note of a second value for one key; it counts where the first one is empty.

    Raises SitegenError where nobody can know which of the two is meant.
    """
    if canonical == "" or (canonical == "section" and key.lower() == "categories"):
        return
    first = out.spelt[canonical]
    if canonical == "summary" and first != "summary":
        return  # `description` and `excerpt` often differ by intent; the first one is shown
    if out.values[canonical] in (None, ""):
        out.values[canonical] = value
        out.lines[canonical] = line
        out.spelt[canonical] = key
    elif canonical not in ("summary", "canonical", "image"):
        message = f"`{first}` and `{key}` both give `{canonical}`, with different values"
        help = "keep one of the two"
        raise SitegenError(problem("front-matter", message, out.path, line, 1, help))


def written_editions(value: Any) -> tuple[str, ...]:
    """What ``edition:`` of an article names, whatever program wrote it: one, or a list."""
    values = value if isinstance(value, list) else [value]
    texts = (str(one).strip() for one in values if one and isinstance(one, str | int | date))
    return tuple(text for text in texts if text)
