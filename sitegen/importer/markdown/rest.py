"""ReStructuredText, as posts of Nikola and Pelican are written in it, to Markdown.

Only what texts are made of: headings, paragraphs, lists, quotations, code, images, links, emphasis
(https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html). Everything else stays as text
and is reported.
"""

from __future__ import annotations

import re
from typing import Any

_RULE = re.compile(r"([=\-~^\"'`#*+.:_<>])\1{2,}\s*")
_FIELD = re.compile(r":([A-Za-z][\w -]{0,40}):[ \t]*(.*)")
_DIRECTIVE = re.compile(r"\.\. ([\w-]{1,40})::[ \t]*(.*)")
_TARGET = re.compile(r"\.\. _(`[^`\n]{1,200}`|[^:\n]{1,200}):[ \t]+(\S+)[ \t]*")
_COMMENT = re.compile(r"\.\.(?:[ \t]|$)")
_LINK = re.compile(r"`([^`<>\n]{1,500}?)\s*<([^`<>\s]{1,1000})>`__?")
_NAMED = re.compile(r"`([^`\n]{1,200})`_(?!_)|(?<![\w`])([A-Za-z][\w-]{0,60})_(?![\w_])")
_ROLE = re.compile(r":([a-z-]{2,20}):`([^`\n]{1,300})`")
_LITERAL = re.compile(r"``([^`\n]{1,500})``")
_CODES = frozenset(["code", "code-block", "sourcecode"])
_IMAGES = frozenset(["image", "figure", "thumbnail"])
# A line of a paragraph: no item, field, directive, table or line block, and no row of columns.
_PLAIN = re.compile(
    r"(?![-*+•#|:>]\s|\.\.\s|[|+=]|:\w|\(?(?:\d{1,3}|[a-z#])[.)]\s|\s)(?!.*\S {2,}\S)\S"
)
_ITEM = re.compile(r"(?:[-*+•]|\(?\d{1,3}[.)])\s+\S")
_LEVELS = ("##", "###", "####")


def read_fields(text: str) -> tuple[dict[str, Any], str]:
    """(the fields of a post of Pelican, with its title, and the text below): a headline, then rows
    of `:name: value`."""
    rows = text.split("\n")
    at = next((n for n, r in enumerate(rows) if r.strip()), 0)
    at += bool(_RULE.fullmatch(rows[at])) and at + 2 < len(rows)
    values: dict[str, Any] = {}
    if at + 1 < len(rows) and _RULE.fullmatch(rows[at + 1]) and rows[at].strip():
        values["title"] = rows[at].strip()
        at += 2
    while at < len(rows) and (not rows[at].strip() or _FIELD.fullmatch(rows[at])):
        match = _FIELD.fullmatch(rows[at])
        if match:
            values[match[1].lower().replace(" ", "_")] = match[2].strip()
        at += 1
    return values, "\n".join(rows[at:])


def to_markdown(text: str) -> tuple[str, tuple[str, ...]]:
    """(``text`` as Markdown, the names of directives that are left as text)."""
    rows = _with_whole_paragraphs(text.expandtabs(4).split("\n"))
    targets = {m[1].strip("`").lower(): m[2] for r in rows if (m := _TARGET.fullmatch(r))}
    out: list[str] = []
    left: list[str] = []
    marks: list[str] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        directive, block = _DIRECTIVE.match(row), _indented(rows, at + 1)
        if directive:
            out += ["", *_directive(directive[1], directive[2].strip(), block, left), ""]
            at += 1 + len(block)
        elif _TARGET.fullmatch(row):
            at += 1
        elif _COMMENT.match(row):
            out += ["", "<!-- TEASER_END -->", ""] if "TEASER_END" in row else []
            at += 1 + len(block)
        elif _is_heading(rows, at):
            over = bool(_RULE.fullmatch(row))
            mark = row.strip()[0] * 2 if over else rows[at + 1].strip()[0]
            marks += [mark] if mark not in marks else []
            out += [
                "",
                f"{_LEVELS[min(marks.index(mark), 2)]} {_inline(rows[at + over].strip(), targets)}",
                "",
            ]
            at += 3 if over else 2
        elif row.rstrip().endswith("::"):
            said = row.rstrip()[:-2].rstrip()
            out += [_inline(said + ":", targets) if said else "", "", *_code("", block), ""]
            at += 1 + len(block)
        elif row.startswith(" ") and row.strip() and not (out and out[-1].strip()):
            quoted = [row, *_indented(rows, at + 1)]
            out += [f"> {_inline(r.strip(), targets)}".rstrip() for r in _trimmed(quoted)] + [""]
            at += len(quoted)
        else:
            out.append(_inline(row, targets))
            at += 1
    return re.sub(r"\n{3,}", "\n\n", "\n".join(out)).strip("\n") + "\n", tuple(dict.fromkeys(left))


def _with_whole_paragraphs(rows: list[str]) -> list[str]:
    """``rows`` with the lines of each paragraph joined, as markup may reach over their ends."""
    out: list[str] = []
    for at, row in enumerate(rows):
        is_headed = _is_heading(rows, at) or (at > 0 and _is_heading(rows, at - 1))
        if (
            out
            and not is_headed
            and _PLAIN.match(row)
            and (_PLAIN.match(out[-1]) or _ITEM.match(out[-1]))
            and not _RULE.fullmatch(out[-1])
            and not out[-1].endswith("::")
        ):
            out[-1] = f"{out[-1].rstrip()} {row}"
        else:
            out.append(row)
    return out


def _is_heading(rows: list[str], at: int) -> bool:
    row, below = rows[at].rstrip(), rows[at + 1].rstrip() if at + 1 < len(rows) else ""
    if _RULE.fullmatch(row):
        return bool(below.strip()) and at + 2 < len(rows) and rows[at + 2].rstrip() == row
    return (
        bool(row.strip())
        and not row.startswith(" ")
        and bool(_RULE.fullmatch(below))
        and len(below) >= min(len(row), 3)
    )


def _indented(rows: list[str], at: int) -> list[str]:
    """The rows from ``at`` on that are indented, with the empty ones among them."""
    end = at
    while end < len(rows) and (not rows[end].strip() or rows[end].startswith(" ")):
        end += 1
    while end > at and not rows[end - 1].strip():
        end -= 1
    return rows[at:end]


def _trimmed(block: list[str]) -> list[str]:
    depth = min((len(r) - len(r.lstrip()) for r in block if r.strip()), default=0)
    return [r[depth:].rstrip() for r in block]


def _code(language: str, block: list[str]) -> list[str]:
    rows = _trimmed(block)
    while rows and not rows[0]:
        rows.pop(0)
    return [f"```{language}", *rows, "```"] if rows else []


def _directive(name: str, argument: str, block: list[str], left: list[str]) -> list[str]:
    """A directive as Markdown; one that is not known stays as it is, and its name goes to
    ``left``."""
    options = {m[1].strip(): m[2] for r in block if (m := _FIELD.fullmatch(r.strip()))}
    rows = [r for r in _trimmed(block) if not _FIELD.fullmatch(r.strip())]
    if name in _CODES:
        return _code(argument, [r for r in block if not _FIELD.fullmatch(r.strip())])
    if name in _IMAGES:
        caption = " ".join(r.strip() for r in rows if r.strip()).replace('"', "'")
        return [f"![{options.get('alt', '')}]({argument}" + (f' "{caption}")' if caption else ")")]
    if name in (
        "epigraph",
        "pull-quote",
        "highlights",
        "note",
        "warning",
        "tip",
        "hint",
        "important",
    ):
        return [f"> {r}".rstrip() for r in ([argument] if argument else []) + rows if r or rows]
    if name in ("contents", "meta"):
        return []
    left.append(name)
    return [f".. {name}:: {argument}".rstrip(), *(f"    {r}" for r in rows)]


def _inline(row: str, targets: dict[str, str]) -> str:
    def named(match: re.Match[str]) -> str:
        said = match[1] or match[2]
        address = targets.get(said.lower())
        return f"[{said}]({address})" if address else match[0]

    parts = _LITERAL.split(row)
    for n in range(0, len(parts), 2):
        parts[n] = _NAMED.sub(named, _LINK.sub(r"[\1](\2)", parts[n]))
        parts[n] = _ROLE.sub(r"\2", parts[n])
    return "".join(p if n % 2 == 0 else f"`{p}`" for n, p in enumerate(parts))
