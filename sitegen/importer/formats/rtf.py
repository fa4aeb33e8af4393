"""RTF files as HTML: paragraphs, headings, lists, tables, links, emphasis, notes and images.

Left out, as word processors do not print it either: what is hidden, deleted or a comment, heads and
feet of pages, and groups that a reader does not know and may skip (`\\*`).
RTF 1.9.1: https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxrtfex/.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

import msgspec

from sitegen.importer.formats.office_html import MAX_IMAGES, notes_at_end
from sitegen.importer.formats.rtf_layout import Layout, RtfParagraph, Style, inline
from sitegen.importer.formats.rtf_tokens import Token, charset_of, page_of, tokens
from sitegen.model.base import Struct

MAX_GROUPS = 10_000  # in one another
_SIGNS = {"~": "\xa0", "_": "\u2011", "\\": "\\", "{": "{", "}": "}"}
_LETTERS = {
    "tab": " ",
    "emdash": "—",
    "endash": "–",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "line": "\n",
    "zwnj": "\u200c",
    "zwj": "\u200d",
}
_BREAKS = frozenset(["par", "page", "sect", "column"])
# Destinations: where the text of a group goes that begins with such a word.
_SKIPPED = frozenset(
    "annotation atnauthor atnid atnref atntime atrfend atrfstart atndate bkmkend bkmkstart"
    " colortbl colorschememapping datastore docvar filetbl falt footer footerf footerl footerr"
    " fontemb formfield ftncn ftnsep ftnsepc aftncn aftnsep aftnsepc generator header headerf"
    " headerl headerr info keywords latentstyles listoverridetable listtable nonesttables"
    " nonshppict objdata panose picprop pgdsctbl private revtbl rsidtbl shprslt sp tc themedata"
    " userprops xe xmlnstbl".split()
)
_BEHIND_STAR = frozenset("fldinst shppict shpinst".split())  # read, though a reader may skip them
_TEXT = frozenset(["text", "footnote", "shptxt"])
_HEADING = re.compile(
    r"\s*(?:heading|überschrift|titre|título|titolo|kop|rubrik|nagłówek|заголовок)\s?(\d)", re.I
)
_TITLE = re.compile(r"\s*(?:title|titel|titre|título|titolo)\s*;?", re.I)
_TARGET = re.compile(r'\s*HYPERLINK\s+"?([^"\s\\]{1,2000})', re.I)
_NO_DIGIT = re.compile(r"[^0-9A-Fa-f]+")
_CODE_PAGES = {"mac": 10000, "pca": 850, "pc": 437}
_IMAGES = frozenset(["pngblip", "jpegblip"])
_OTHER_IMAGES = frozenset("emfblip macpict pmmetafile wmetafile dibitmap wbitmap".split())


class Rtf(Struct, frozen=True):
    """A file as HTML, its images by the names that the HTML uses, and how many there are of a kind
    that is not read."""

    html: str
    images: dict[str, bytes] = {}
    unread_images: int = 0


class _Group(Struct, frozen=True):
    """What holds in a group: the look of its letters, their code page, and where they go."""

    style: Style = Style()
    hidden: bool = False
    font: int = -1
    fallback: int = 1  # letters behind `\\u` for readers that know no Unicode
    into: str = "text"


def rtf_to_html(data: bytes) -> Rtf:
    """An RTF file as HTML. Raises ValueError for one that is no RTF, or nested without end."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise ValueError("is not an RTF file")
    return _RtfReader().read(tokens(data.decode("latin-1")))


class _RtfReader:
    """Reads the tokens of one file."""

    def __init__(self) -> None:
        self.layout = Layout()
        self.notes: list[str] = []
        self.aside: list[RtfParagraph] = []  # paragraphs in which a note or a box began
        self.group = _Group()
        self.groups: list[_Group] = []
        self.is_first = False  # nothing of the group was read
        self.may_skip = False  # it began with `\\*`
        self.page = "cp1252"
        self.fonts: dict[int, str] = {}
        self.levels: dict[int, int] = {}  # of headings, by the number of their style
        self.style = -1
        self.bytes = bytearray()  # letters by code, until their end
        self.fallback = 0  # letters to leave out
        self.target = ""  # of a link whose text follows
        self.said: list[str] = []  # in a destination other than the text
        self.images: dict[str, bytes] = {}
        self.image_kind = ""
        self.unread_images = 0

    def read(self, found: Iterable[Token]) -> Rtf:
        for token in found:
            if token.kind != "byte":
                self.flush()
            if token.kind == "open":
                self.open()
            elif token.kind == "close":
                self.close()
                if not self.groups:
                    break
            else:
                self.take(token)
        self.flush()
        self.layout.end_paragraph()
        self.layout.end_table()
        html = "".join(self.layout.blocks) + notes_at_end(self.notes)
        return Rtf(html, self.images, self.unread_images)

    def take(self, token: Token) -> None:
        """Read a token that is in a group."""
        if token.kind == "sign" and token.text == "*":
            self.may_skip = self.is_first
            return
        if token.kind == "word" and self.is_first:
            self.enter(token.text)
        self.is_first = False
        if token.kind == "word":
            self.word(token.text, token.number)
        elif token.kind == "byte":
            self.byte(token.text)
        elif token.kind == "sign":
            self.sign(token.text)
        else:
            self.text(token.text)

    # Groups ------------------------------------------------------------------------------

    def open(self) -> None:
        if len(self.groups) >= MAX_GROUPS:
            raise ValueError(f"has more than {MAX_GROUPS} groups in one another")
        self.groups.append(self.group)
        self.is_first, self.may_skip = True, False
        self.fallback = 0

    def enter(self, word: str) -> None:
        """The first word of a group says where its text goes."""
        if self.group.into == "nothing":
            return
        if word in ("listtext", "pntext"):
            self.layout.paragraph.is_item = True
            self.go_into("nothing")
        elif word in _SKIPPED or (self.may_skip and word not in _BEHIND_STAR):
            self.go_into("nothing")
        elif word in ("fonttbl", "stylesheet", "fldinst", "pict"):
            self.said, self.image_kind = [], ""
            self.go_into(word)
        elif word in ("footnote", "shptxt"):
            self.aside.append(self.layout.paragraph)
            self.layout.paragraph = RtfParagraph()
            self.go_into(word)
        elif word == "fldrslt" and self.target:
            linked = msgspec.structs.replace(self.group.style, link=self.target)
            self.group = msgspec.structs.replace(self.group, style=linked)
            self.target = ""

    def go_into(self, destination: str) -> None:
        self.group = msgspec.structs.replace(self.group, into=destination)

    def close(self) -> None:
        """A group ends: what its destination has collected is used."""
        before = self.group
        self.group = self.groups.pop() if self.groups else _Group()
        self.is_first = False
        self.fallback = 0
        if before.into == "stylesheet":
            self.end_style()
        elif before.into != self.group.into and (end := _ENDS.get(before.into)):
            end(self)

    def end_field(self) -> None:
        match = _TARGET.match("".join(self.said))
        self.target = match[1] if match else ""

    def end_style(self) -> None:
        name = "".join(self.said)
        self.said = []
        if heading := _HEADING.match(name):
            self.levels[self.style] = int(heading[1])
        elif _TITLE.fullmatch(name):
            self.levels[self.style] = 1

    def end_image(self) -> None:
        if self.image_kind not in _IMAGES or len(self.images) >= MAX_IMAGES:
            self.unread_images += 1
            return
        name = f"image-{len(self.images) + 1}"
        digits = _NO_DIGIT.sub("", "".join(self.said))
        self.images[name] = bytes.fromhex(digits[: len(digits) // 2 * 2])
        self.layout.add(f'<img src="{name}" alt="">', Style())

    def end_note(self) -> None:
        self.notes.append(inline(self.layout.paragraph.runs))
        self.layout.paragraph = self.aside.pop()
        self.layout.add(f"[{len(self.notes)}]", Style())

    def end_box(self) -> None:
        """A box of text comes before the paragraph that it is bound to."""
        self.layout.end_paragraph()
        self.layout.paragraph = self.aside.pop()

    # Words -------------------------------------------------------------------------------

    def word(self, name: str, number: int | None) -> None:
        if change := _CHANGES.get(name):
            self.group = change(self.group, number)
        elif name in _LETTERS:
            self.text(_LETTERS[name])
        elif take := _WORDS.get(name):
            take(self, name, number)
        elif self.group.into in _TEXT:
            self.lay_out(name, number)

    def take_letter(self, name: str, number: int | None) -> None:
        """`\\u`: a letter by its number in Unicode, or in UTF-16 one half of it."""
        if number is None:
            return
        self.fallback = 0
        self.text(chr(number % 0x10000))
        self.fallback = self.group.fallback

    def take_code_page(self, name: str, number: int | None) -> None:
        self.page = page_of(_CODE_PAGES.get(name, number or 1252))

    def take_charset(self, name: str, number: int | None) -> None:
        self.fonts[self.group.font] = charset_of(number or 0)

    def take_image_kind(self, name: str, number: int | None) -> None:
        self.image_kind = name

    def take_style(self, name: str, number: int | None) -> None:
        if number is not None:
            self.style = number
            self.layout.paragraph.level = self.levels.get(number, 0)

    def lay_out(self, name: str, number: int | None) -> None:
        """A word on paragraphs and tables."""
        paragraph = self.layout.paragraph
        if end := _LAYOUT.get(name):
            end(self.layout)
        elif name == "pard":
            paragraph.level = 0
            paragraph.is_in_table = False
        elif name == "intbl":
            paragraph.is_in_table = True
        elif name == "outlinelevel" and number is not None and number < 6:
            paragraph.level = number + 1

    # Text --------------------------------------------------------------------------------

    def sign(self, sign: str) -> None:
        if sign in "\r\n":
            self.layout.end_paragraph()
        else:
            self.text(_SIGNS.get(sign, ""))

    def byte(self, digits: str) -> None:
        if self.fallback:
            self.fallback -= 1
        else:
            self.bytes += bytes.fromhex(digits)

    def flush(self) -> None:
        """Letters by code that came one after another, by the code page of their font."""
        if self.bytes:
            data, self.bytes = bytes(self.bytes), bytearray()
            page = self.fonts.get(self.group.font) or self.page
            self.text(data.decode(page, "replace"))

    def text(self, text: str) -> None:
        skipped = min(self.fallback, len(text))
        self.fallback -= skipped
        text = text[skipped:]
        if self.group.into not in _TEXT:
            if self.group.into != "nothing":
                self.said.append(text)
        elif text and not self.group.hidden:
            self.layout.add(escape(text).replace("\n", "<br>"), self.group.style)


_ENDS: dict[str, Callable[[_RtfReader], None]] = {
    "fldinst": _RtfReader.end_field,
    "pict": _RtfReader.end_image,
    "footnote": _RtfReader.end_note,
    "shptxt": _RtfReader.end_box,
}

# Words that say what follows, and those that end something -------------------------------------

_WORDS: dict[str, Callable[[_RtfReader, str, int | None], None]] = {
    "u": _RtfReader.take_letter,
    "ansicpg": _RtfReader.take_code_page,
    **dict.fromkeys(_CODE_PAGES, _RtfReader.take_code_page),
    "fcharset": _RtfReader.take_charset,
    **dict.fromkeys(_IMAGES | _OTHER_IMAGES, _RtfReader.take_image_kind),
    "s": _RtfReader.take_style,
}
_LAYOUT: dict[str, Callable[[Layout], None]] = {
    **dict.fromkeys(_BREAKS, Layout.end_paragraph),
    **dict.fromkeys(("cell", "nestcell"), Layout.end_cell),
    **dict.fromkeys(("row", "nestrow"), Layout.end_row),
}

# Words that change what holds in their group ---------------------------------------------------

_Change = Callable[[_Group, "int | None"], _Group]


def _styled(name: str) -> _Change:
    """A word that switches a style on, and off with a zero."""

    def change(group: _Group, number: int | None) -> _Group:
        style = msgspec.structs.replace(group.style, **{name: number != 0})
        return msgspec.structs.replace(group, style=style)

    return change


def _plain(group: _Group, _: int | None) -> _Group:
    style = Style(link=group.style.link)
    return msgspec.structs.replace(group, style=style, hidden=False)


def _hidden(group: _Group, number: int | None) -> _Group:
    return msgspec.structs.replace(group, hidden=number != 0)


def _with_fallback(group: _Group, number: int | None) -> _Group:
    return msgspec.structs.replace(group, fallback=min(max(number or 0, 0), 99))


def _with_font(group: _Group, number: int | None) -> _Group:
    return msgspec.structs.replace(group, font=number or 0)


_CHANGES: dict[str, _Change] = {
    "b": _styled("bold"),
    "i": _styled("italic"),
    "plain": _plain,
    "v": _hidden,
    "deleted": _hidden,
    "uc": _with_fallback,
    "f": _with_font,
}
