"""JSON as pages write it, repaired: what browsers' tools and search engines read, and RFC 8259 does
not allow."""

from __future__ import annotations

import re

from sitegen.importer.html.candidates import unescape

MAX_DEPTH = 50
# A quotation mark ends a text only where JSON goes on behind it; others are signs of the text.
_STRING = r'"(?:[^"\\]|\\.|"(?!\s*(?:[:}\]]|$|/[*/]|,\s*["\[{\]}/\d,tfn-])|[ \t]*\n\s*"))*"?'
_TOKEN = re.compile(_STRING + r'|//[^\n]*|[^\s"{}\[\],:/]+|\S', re.S)
_NO_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_LITERAL = re.compile(r"true|false|null|-?\d[\d.eE+-]*")
_CLOSING = {"{": "}", "[": "]"}
_QUOTES = str.maketrans({"'": '"', '"': "'"})


def repaired(text: str) -> str:
    """``text`` without what JSON has not and others read: comments, a comma too many or too few,
    marks in texts, single quotation marks, and an end that was cut off."""
    if '"' not in text and "&quot;" in text:
        text = unescape(text)
    is_single = '"' not in text
    if is_single:
        text = text.translate(_QUOTES)
    out: list[str] = []
    brackets: list[str] = []
    for token in _tokens(text, is_single):
        _add(token, out, brackets)
    if len(brackets) > MAX_DEPTH:
        return text
    _close(out, brackets)
    return "".join(out)


def _add(token: str, out: list[str], brackets: list[str]) -> None:
    """Add a token to those before it; ``brackets`` are to be closed."""
    if token == "," and out[-1:] in ([], [","], ["{"], ["["]):
        return
    if brackets and _begins(token) and _ends(out):
        out.append(",")
    if token in _CLOSING:
        brackets.append(_CLOSING[token])
    elif token in "}]":
        _drop_comma(out)
        if brackets[-1:] == [token]:
            brackets.pop()
    out.append(token)


def _tokens(text: str, is_single: bool) -> list[str]:
    """The parts of a JSON text, without comments; what is no value of JSON is `null`.

    ``is_single``: single and double quotation marks are exchanged.
    """
    out: list[str] = []
    at = 0
    while match := _TOKEN.search(text, at):
        token, at = match[0], match.end()
        if token == "/" and text.startswith("*", at):
            end = text.find("*/", at)
            at = end + 2 if end >= 0 else len(text)
        elif token[0] == '"':
            out.append(_as_string(token, is_single))
        elif token in ("{", "}", "[", "]", ",", ":") or _LITERAL.fullmatch(token):
            out.append(token)
        elif not token.startswith("//") and token[0].isalpha():
            out.append("null")
    return out


def _as_string(token: str, is_single: bool) -> str:
    """A text with marks and backslashes as JSON has them."""
    inner = token[1:-1] if len(token) > 1 and token.endswith('"') else token[1:]
    inner = inner.translate(_QUOTES) if is_single else inner
    inner = _NO_ESCAPE.sub("", inner.rstrip("\\") if inner.endswith("\\") else inner)
    return '"' + re.sub(r'(\\.)|"', lambda m: m[1] or '\\"', inner, flags=re.S) + '"'


def _begins(token: str) -> bool:
    """Whether a token begins a value or a name."""
    return token not in ("}", "]", ",", ":")


def _ends(out: list[str]) -> bool:
    """Whether a value, or a name, is right before."""
    return bool(out) and out[-1] not in ("{", "[", ",", ":")


def _drop_comma(out: list[str]) -> None:
    if out[-1:] == [","]:
        out.pop()


def _close(out: list[str], brackets: list[str]) -> None:
    """Close what was cut off, without a name that has no value."""
    if not brackets:
        return
    if out[-1:] == [":"]:
        out.append("null")
    elif brackets[-1] == "}" and _is_name(out):
        out.pop()
    _drop_comma(out)
    out += brackets[::-1]


def _is_name(out: list[str]) -> bool:
    """Whether the last token, of an object, is a name and no value."""
    return len(out) > 1 and out[-1][0] == '"' and out[-2] in (",", "{")
