"""XML that is not well-formed, repaired so that no word of it is lost; each repair is named with
its line.

A parser that recovers by itself drops what it does not understand: `Q&A` becomes `Q`, and what
follows an element that is not closed goes into it. So the marks are read one by one, and what
cannot be markup is text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html.entities import html5

from sitegen.importer.prolog import doctype_end, prolog
from sitegen.model.base import Struct

MAX_DEPTH = 200  # the parser stops at 256
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff"
_MARK = re.compile(r"[<&]|\]\]>")
_CONTROL = re.compile(f"[{_CONTROLS}]")
_REFERENCE = re.compile(r"&(?:#(\d{1,9})|#[xX]([0-9A-Fa-f]{1,8})|([A-Za-z][A-Za-z0-9]{1,40}));")
_NAME = r"[A-Za-z_][\w.-]{0,200}(?::[A-Za-z_][\w.-]{0,200})?"
# A value with `<` and `>` is more likely a quotation mark that is missing than a value.
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=&]{1,200})(?:\s{0,99}=\s{0,99}("(?:[^"<]*|[^">\n]*)"|'(?:[^'<]*|[^'>\n]*)'|[^\s"'
    <>`]+))?"""
)
_BEGIN = re.compile(rf"<({_NAME})(?=[\s/>])")
_END = re.compile(rf"</({_NAME})\s{{0,200}}>")
_BLANK = re.compile(r"\s*")
_ITEM_TAG = re.compile(r"<(/?)(?:item|entry)(?=[\s>])", re.I)
_CLOSING = re.compile(rf"</({_NAME})")
_DECLARED = re.compile(r"\bxmlns:([A-Za-z_][\w.-]{0,200})\s{0,9}=")
_XML_NAMES = frozenset(["amp", "lt", "gt", "quot", "apos"])
_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen meta param track wbr".split()
)
HTML = _VOID | frozenset(
    "a abbr acronym address article aside audio b bdi bdo big blockquote body button caption center"
    " cite code colgroup data dd del details dfn dir div dl dt em fieldset figcaption figure font"
    " footer form h1 h2 h3 h4 h5 h6 head header hgroup html i iframe ins kbd label legend li link"
    " main map mark menu nav noscript object ol optgroup option p picture pre q rp rt ruby s samp"
    " script section select small source span strike strong style sub summary sup svg table tbody"
    " td template textarea tfoot th thead time title tr tt u ul var video".split()
)
_LISTS = frozenset("rss feed rdf:rdf channel item entry".split())  # these hold elements, never text
_GROUPS = frozenset("rss feed rdf:rdf channel".split())
_ITEMS = frozenset(["item", "entry"])
_TEXTS = frozenset(  # these hold text, never elements
    "title link guid pubdate id published updated issued modified created category comments"
    " language lastbuilddate generator dc:creator dc:date dc:subject dc:title".split()
)
_FIELDS = _TEXTS | frozenset(
    "description summary content content:encoded enclosure author source dc:description".split()
)
_SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "wp": "http://wordpress.org/export/1.2/",
    "xlink": "http://www.w3.org/1999/xlink",
}
# What numbers from 128 to 159 mean on the Web: the characters of windows-1252.
_WINDOWS = {n: bytes([n]).decode("windows-1252", "ignore") for n in range(128, 160)}

SAYS = {
    "ampersand": "a `&` that begins no character reference was read as the sign itself",
    "angle": "a `<` that begins no tag was read as the sign itself",
    "entity": "a character reference that XML does not know was read as in HTML",
    "control": "a control character was left out",
    "attribute": "an attribute without a proper value, or given twice, was read as far as it goes",
    "unclosed": "an element that is not closed was closed where its surroundings end",
    "closes-nothing": "an end tag that closes nothing was left out",
    "broken-tag": "text behind a broken start tag was read as what its end tag names",
    "no-item": "the fields of an item whose start tag is broken were read as an item",
    "prefix": "a prefix without a declaration was read as its usual vocabulary",
    "cdata": "a CDATA section that is nested or not opened was read as text",
    "depth": "elements nested too deep were read as their text",
    "before": "text before the document was left out",
    "loose": "text outside of any field was left out",
}
LOSSY = frozenset(["before", "loose"])


class Repair(Struct, frozen=True):
    """One kind of repair: the first line that it was made in, how often, and of what."""

    kind: str
    line: int
    times: int
    sample: str = ""


class Sound(Struct, frozen=True):
    """A well-formed document, what was repaired, and the elements that were open where the original
    ends."""

    text: str
    repairs: tuple[Repair, ...] = ()
    cut: tuple[str, ...] = ()
    lines: int = 0


def sound(text: str) -> Sound:
    """``text`` as well-formed XML without document type, comments and instructions.

    Takes time in proportion to its length.
    """
    return _Repairs(text).result()


@dataclass
class _Open:
    """An element that is open."""

    name: str  # as written
    shown: bool  # whether its tags are in the result
    loose: int  # where the text begins that lies directly in it, in the result


class _Repairs:
    """One document on its way: what is written so far, and what is open."""

    def __init__(self, text: str) -> None:
        self.found: dict[str, Repair] = {}
        self.ends = [m.start() for m in re.finditer("\n", text)]
        self.text = text = self._without_controls(text)
        self.at = 0
        self.begin = prolog(text)
        self.any_name = self.begin is not None and self.begin.kind not in (
            "rss",
            "feed",
            "rdf",
            "channel",
            "entry",
            "item",
        )
        self.ends = [m.start() for m in re.finditer("\n", text)]  # of the text that is left
        self.closing = Counter(m[1].lower() for m in _CLOSING.finditer(text))
        self.declared = {m[1].lower() for m in _DECLARED.finditer(text)} | {"xml", "xmlns"}
        self.missing: dict[str, int] = {}
        self.out: list[str] = []
        self.open: list[_Open] = []
        self.names: Counter[str] = Counter()
        self.root_at = 0
        self.ended = False
        self.broken = False  # whether the text ends within a tag
        self.searches: dict[str, tuple[int, int]] = {}  # of a mark: where from, and where it is

    def result(self) -> Sound:
        at = self.begin.start if self.begin is not None else 0
        if self.begin is not None and self.begin.junk:
            self._note("before", 0, self.begin.junk)
        while (match := _MARK.search(self.text, at)) is not None:
            self._text(at, match.start())
            self.at = match.start()
            at = self._marked(match[0], match.start())
        self._text(at, len(self.text))
        left = self.open[1:] if self.ended and not self.broken else self.open
        cut = tuple(one.name.lower() for one in left)
        while self.open:
            self._pop()
        if self.missing:
            known = "".join(
                f' xmlns:{p}="{_SPACES.get(p.lower(), "urn:undeclared:" + p)}"'
                for p in sorted(self.missing)
            )
            self.out[self.root_at] = re.sub(r"(?=/?>$)", known, self.out[self.root_at], count=1)
        return Sound(
            "".join(self.out),
            tuple(sorted(self.found.values(), key=lambda r: r.line)),
            cut,
            len(self.ends) + 1,
        )

    def _note(self, kind: str, at: int, sample: str = "", times: int = 1) -> None:
        line = bisect_right(self.ends, at - 1) + 1 if at else 1
        old = self.found.get(kind, Repair(kind, line, 0, " ".join(sample.split())[:60]))
        self.found[kind] = Repair(kind, old.line, old.times + times, old.sample)

    def _marked(self, mark: str, at: int) -> int:
        """Write what begins at a mark; where the text goes on."""
        if mark == "&":
            return self._reference(at)
        if mark == "]]>":
            self._note("cdata", at)
            self._write("]]&gt;")
            return at + 3
        if self.text.startswith("<![CDATA[", at):
            return self._cdata(at)
        if self.text.startswith("<!--", at):
            end = self._next("-->", at)
            return end + 3 if end >= 0 else self._bare(at)
        if self.text.startswith("<?", at):
            end = self.text.find("?>", at, at + 20_000)
            return end + 2 if end >= 0 else self._bare(at)
        if self.text[at : at + 9].upper() == "<!DOCTYPE":
            return doctype_end(self.text, at) or self._bare(at)
        end_tag = _END.match(self.text, at)
        if end_tag is not None:
            self._close(end_tag[1], at)
            return end_tag.end()
        return self._begin(at)

    def _next(self, mark: str, at: int) -> int:
        """Where ``mark`` is from ``at`` on, or -1. No part of the text is searched twice."""
        start, found = self.searches.get(mark, (len(self.text) + 1, -1))
        if not (start <= at and (found < 0 or at <= found)):
            found = self.text.find(mark, at)
            self.searches[mark] = at, found
        return found

    # -- text

    def _without_controls(self, text: str) -> str:
        found = _CONTROL.search(text)
        if found is None:
            return text
        self._note("control", found.start(), f"U+{ord(found[0]):04X}", len(_CONTROL.findall(text)))
        return _CONTROL.sub(lambda m: " " if m[0] in "\x0b\x0c" else "", text)

    def _write(self, text: str) -> None:
        if self.open:
            self.out.append(text)

    def _text(self, start: int, end: int) -> None:
        piece = self.text[start:end]
        if piece and self.open:
            self.out.append(piece.replace(">", "&gt;") if ">" in piece else piece)

    def _bare(self, at: int) -> int:
        """A `<` that is not markup: text, or the remains of a tag where the document ends."""
        if (
            self.text.find("<", at + 1) < 0
            and self.text.find(">", at) < 0
            and re.match(r"</?[A-Za-z]|<!|<$", self.text[at : at + 3])
        ):
            self.broken = True
            return len(self.text)
        self._note("angle", at, self.text[at : at + 20])
        self._write("&lt;")
        return at + 1

    def _reference(self, at: int) -> int:
        text, length, kind = _character(self.text, at)
        if kind:
            self._note(kind, at, self.text[at : at + max(length, 12)])
        self._write(text)
        return at + length

    def _cdata(self, at: int) -> int:
        """A CDATA section; one within another, as feeds of feeds have them, loses its marks
        only."""
        start = at + 9
        end = self._next("]]>", start)
        field_end = self._field_end(start, end if end >= 0 else len(self.text))
        if field_end >= 0:
            self._note("cdata", at)
            self._plain(self.text[start:field_end])
            return field_end
        if end < 0:
            self.broken = True
            self._plain(self.text[start:])
            return len(self.text)
        inner = [self.text[start:end]]
        after = end + 3
        for _ in range(inner[0].count("<![CDATA[")):
            again, begun = self._next("]]>", after), self._next("<![CDATA[", after)
            if again < 0 or (0 <= begun < again):
                break
            self._note("cdata", at)
            inner.append(self.text[after:again])
            after = again + 3
        inner[0] = inner[0].replace("<![CDATA[", "", len(inner) - 1)
        self._plain("".join(inner))
        return after

    def _field_end(self, start: int, end: int) -> int:
        """Where the element ends in a section that was not closed before it, or -1."""
        if not self.open:
            return -1
        found = self.text.find(f"</{self.open[-1].name}>", start, end)
        if end == len(self.text) or found < 0:
            return found
        return found if found < self._next("<![CDATA[", start) < end else -1

    def _plain(self, text: str) -> None:
        """Text that holds no markup."""
        self._write(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))

    # -- elements

    def _begin(self, at: int) -> int:
        """A start tag with its attributes, or a `<` that is none."""
        match = _BEGIN.match(self.text, at)
        if match is None:
            return self._bare(at)
        name, here = match[1], match.end()
        pairs: dict[str, str] = {}
        doubtful = valueless = False
        while True:
            here = _BLANK.match(self.text, here).end()  # type: ignore[union-attr]
            one = _ATTRIBUTE.match(self.text, here)
            if one is None:
                break
            said = one[2]
            key = re.sub(r"[^\w.:-]", "", one[1])
            proper = (
                said is not None
                and said[0] in "\"'"
                and key == one[1]
                and key not in pairs
                and re.match(rf"{_NAME}$", key)
            )
            doubtful = doubtful or not proper
            valueless = valueless or said is None
            if re.match(rf"{_NAME}$", key):
                pairs.setdefault(
                    key, self._attribute(said.strip("\"'") if said is not None else key, here)
                )
            here = one.end()
        empty = self.text.startswith("/", here)
        here += empty
        if not self.text.startswith(">", here) or not self._is_tag(name.lower(), empty, valueless):
            return self._bare(at)
        if doubtful:
            self._note("attribute", at, self.text[at : here + 1])
        self._enter(name, pairs, empty, at)
        return here + 1

    def _is_tag(self, name: str, empty: bool, valueless: bool) -> bool:
        """Whether what looks like a tag is one, and not a name in angle brackets or a
        comparison."""
        if not self.open or name in _LISTS or name in _FIELDS:
            return True
        if name in HTML:
            return name in ("body", "div") or self.open[-1].name.lower() not in _LISTS
        return not valueless and (empty or self._is_known(name))

    def _is_known(self, name: str) -> bool:
        """Whether a name has a prefix that is declared, or an end tag."""
        if self.any_name or name.partition(":")[0] in self.declared:
            return True
        return self.closing[name] > 0

    def _attribute(self, text: str, at: int) -> str:
        out: list[str] = []
        here = 0
        for match in _MARK.finditer(text):
            if match.start() < here:
                continue
            out.append(text[here : match.start()])
            here = match.end()
            if match[0] == "&":
                written, length, kind = _character(text, match.start())
                here = match.start() + length
                out.append(written)
                if kind:
                    self._note(kind, at, text[match.start() : match.start() + 12])
            elif match[0] == "<":
                self._note("angle", at, text[:20])
                out.append("&lt;")
            else:
                out.append(match[0])
        return "".join([*out, text[here:]]).replace('"', "&quot;")

    def _enter(self, name: str, pairs: dict[str, str], empty: bool, at: int) -> None:
        lower = name.lower()
        self._make_room(lower, at)
        if not empty and lower in _VOID and not self.closing[lower]:
            empty = True
            self._note("unclosed", at, f"<{name}>")
        self._note_prefixes((name, *pairs), at)
        self._loose(at)
        is_root = not self.open
        if is_root:
            self.root_at = len(self.out)
        shown = self._write_start(name, pairs, empty and not is_root, at)
        if empty and not is_root:
            self.open[-1].loose = len(self.out)
            return
        self.open.append(_Open(name, shown, len(self.out)))
        self.names[lower] += 1
        self.ended = self.ended or empty

    def _note_prefixes(self, names: Iterable[str], at: int) -> None:
        """Note the prefixes of ``names`` that nothing declares, each once."""
        for name in names:
            prefix, colon, _ = name.partition(":")
            is_known = prefix.lower() in self.declared or prefix in self.missing
            if colon and not is_known:
                self.missing[prefix] = at
                self._note("prefix", at, prefix + ":")

    def _write_start(self, name: str, pairs: dict[str, str], empty: bool, at: int) -> bool:
        """Write a start tag, unless it is too deep; whether it was written."""
        if len(self.open) >= MAX_DEPTH:
            self._note("depth", at)
            return False
        rows = "".join(f' {key}="{value}"' for key, value in pairs.items())
        self.out.append(f"<{name}{rows}{'/' if empty else ''}>")
        return True

    def _make_room(self, name: str, at: int) -> None:
        """Close what cannot hold an element of this name: an item holds no item, a title no
        link."""
        if name in _ITEMS and self.names[name]:
            self._close_early(name, at)
            return
        if name not in _FIELDS:
            return
        if self._item_is_missing(at):
            item = "entry" if self.open[0].name.lower() == "feed" else "item"
            self._note("no-item", at, f"<{item}>")
            self._enter(item, {}, False, at)
        elif field := self._open_field(name):
            self._close_early(field, at)

    def _close_early(self, name: str, at: int) -> None:
        """Close the open element ``name``, which has no end tag before what follows."""
        self._note("unclosed", at, f"<{name}>")
        self._pop_to(name)

    def _item_is_missing(self, at: int) -> bool:
        """Whether the start tag of the item that is read is broken: what comes next of its kind is
        an end tag."""
        if not self.open or self.open[-1].name.lower() not in _GROUPS:
            return False
        if "&lt;" not in "".join(self.out[self.open[-1].loose :]):  # the remains of the tag
            return False
        following = _ITEM_TAG.search(self.text, at)
        return following is not None and bool(following[1])

    def _open_field(self, name: str) -> str:
        """The open field of an item that cannot hold the field ``name``, or an empty string."""
        for one in reversed(self.open[-30:]):
            lower = one.name.lower()
            if lower in _LISTS:
                return ""
            if (
                lower in _FIELDS
                and (lower in _TEXTS or name not in HTML)
                and lower not in ("source", "author")
            ):
                return lower
        return ""

    def _close(self, name: str, at: int) -> None:
        lower = name.lower()
        if not self.names[lower]:
            self._close_nothing(name, at)
            return
        if self.open[-1].name.lower() != lower:
            self._note("unclosed", at, f"<{self.open[-1].name}>")
        if lower == self.open[0].name.lower() and self.names[lower] == 1:
            while len(self.open) > 1:
                self._pop()
            self._loose(at)
            self.ended = True  # its end tag comes last: what follows is read as well
            return
        self._pop_to(lower)

    def _close_nothing(self, name: str, at: int) -> None:
        """An end tag without its beginning: that of an empty element, or of one whose start tag is
        broken."""
        lower = name.lower()
        if lower in _VOID:
            return
        if self.open and self.open[-1].name.lower() in _LISTS and lower in _FIELDS:
            start = self.open[-1].loose
            said = "".join(self.out[start:])
            if said.strip():
                self._note("broken-tag", at, f"</{name}>")
                self.out[start:] = [f"<{name}>", said, f"</{name}>"]
                self.open[-1].loose = len(self.out)
                return
        self._note("closes-nothing", at, f"</{name}>")

    def _loose(self, at: int) -> None:
        """Report text that lies directly in what holds elements only; no reader would look
        there."""
        if self.open and self.open[-1].name.lower() in _LISTS:
            said = "".join(self.out[self.open[-1].loose :])
            if said.strip():
                self._note("loose", at, said)
            self.open[-1].loose = len(self.out)

    def _pop_to(self, name: str) -> None:
        while self.open[-1].name.lower() != name:
            self._pop()
        self._pop()

    def _pop(self) -> None:
        last = self.open[-1]
        self._loose(self.at)
        self.open.pop()
        self.names[last.name.lower()] -= 1
        if last.shown:
            self.out.append(f"</{last.name}>")
        if self.open:
            self.open[-1].loose = len(self.out)


def _character(text: str, at: int) -> tuple[str, int, str]:
    """(what a `&` becomes, how much of the text that takes, the kind of repair)."""
    match = _REFERENCE.match(text, at)
    if match is None:
        return "&amp;", 1, "ampersand"
    length = len(match[0])
    if match[3]:
        if match[3] in _XML_NAMES:
            return match[0], length, ""
        said = html5.get(match[3] + ";")
        return (
            ("".join(f"&#{ord(c)};" for c in said), length, "entity")
            if said
            else ("&amp;", 1, "ampersand")
        )
    number = int(match[1]) if match[1] else int(match[2], 16)
    if number in _WINDOWS:
        return _WINDOWS[number], length, "entity" if not _WINDOWS[number] else ""
    if (
        number in (9, 10, 13)
        or 32 <= number <= 0xD7FF
        or 0xE000 <= number <= 0xFFFD
        or 0x10000 <= number <= 0x10FFFF
    ):
        return match[0], length, ""
    return "", length, "control"
