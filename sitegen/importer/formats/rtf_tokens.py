"""The tokens of an RTF file: words of control, letters by code, groups and text.

RTF 1.9.1: https://learn.microsoft.com/en-us/openspecs/exchange_server_protocols/ms-oxrtfex/.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Literal

from sitegen.model.base import Struct

TokenKind = Literal["open", "close", "word", "sign", "byte", "text"]

_TOKEN = re.compile(
    r"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    r"|\\'(?P<byte>[0-9A-Fa-f]{2})"
    r"|\\(?P<sign>[^A-Za-z'])"
    r"|(?P<brace>[{}])"
    r"|(?P<text>[^\\{}\r\n]+)"
)
_BRACES: dict[str, TokenKind] = {"{": "open", "}": "close"}
# the code pages of fonts, by their `\fcharset`
_CHARSETS = {
    77: "mac-roman",
    78: "shift_jis",
    79: "johab",
    80: "gb2312",
    81: "big5",
    83: "mac-greek",
    86: "mac-turkish",
    88: "mac-latin2",
    89: "mac-cyrillic",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
# the code pages that Python calls otherwise
_PAGES = {10000: "mac-roman", 10006: "mac-greek", 10007: "mac-cyrillic", 10029: "mac-latin2"}


class Token(Struct, frozen=True):
    """One token: its kind, its text (a word's name, a letter, a byte), and a word's number."""

    kind: TokenKind
    text: str = ""
    number: int | None = None


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a file that was decoded as Latin-1; binary data is left out."""
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            at += 1  # a line break, or a bar without anything behind it
            continue
        at = match.end()
        token = _token(match)
        if token.text == "bin" and token.kind == "word":
            at += max(0, token.number or 0)
        yield token


def _token(match: re.Match[str]) -> Token:
    if word := match["word"]:
        number = match["number"]
        return Token("word", word.lower(), int(number) if number else None)
    if brace := match["brace"]:
        return Token(_BRACES[brace])
    if byte := match["byte"]:
        return Token("byte", byte)
    if sign := match["sign"]:
        return Token("sign", sign)
    return Token("text", match["text"])


def charset_of(number: int) -> str:
    """The code page of a font by its `\\fcharset`; empty for that of the file."""
    return _CHARSETS.get(number, "")


def page_of(number: int) -> str:
    """The name of a code page by its number, Windows' Western one if it is unknown."""
    name = _PAGES.get(number, "utf-8" if number == 65001 else f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
