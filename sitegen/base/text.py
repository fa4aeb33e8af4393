"""Slugs, excerpts and safe output paths."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from sitegen.base.secrets import without_secrets

MAX_NAME = 255  # bytes of a file's name on most systems
MAX_SEGMENT = 80  # bytes of one path segment: every file system takes it, with room for a suffix
_NUMBER_SIGN = re.compile(r"(?<!\w)#")  # of `#48` and `#MeToo`, not of `C#`
_SIGNS = str.maketrans(
    {"+": "-plus", "#": "-sharp", "&": "-and-", "’": "", "'": "", "ʼ": "", "\u0307": ""}
)  # the last: what İ leaves
# Patterns of many letters are texts, compiled where they are used: that takes milliseconds, and
# most sites need none of them.
UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-"
    "\ufaff\U00020000-\U0003ffff]"
)
# First bytes, in UTF-8, of letters before U+0E00, and of U+2000 to U+2FFF, which are mostly signs;
# and how those of the latter begin that are Chinese (U+2E80 and later).
_NEAR = bytes([*range(0xE0), 0xE2])
_RADICAL = re.compile(rb"\xe2[\xba-\xbf]")
_BLANK = bytes(32 if c in b" \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f" else 120 for c in range(256))
_GAP = re.compile(r"[\W_]+")
_PLAIN_PATH = re.compile(r"[A-Za-z0-9/._~:-]*")
_PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9.-]+(?:[/?#][!-~]*)?")
_UNREACHABLE = re.compile(r"[?#\\]|%(?:[0-9A-Fa-f]{2})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\\]")
_TAG = re.compile(r"<[^>]*>")
_NOTES = re.compile(r'<div class="footnotes?">')  # they come behind the text
_READING = re.compile(r"<(r[tp])\b[^>]*>.*?</\1>", re.DOTALL)  # over the letters of ruby
_NOTE_MARK = re.compile(r'<sup\b[^>]*><a\b[^>]*href="#[^>]*>[^<]*</a></sup>')
_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|rb|ruby|s|samp|small|span|strong"
    r"|sub|sup|time|u|var|wbr)(?:\s[^>]*)?>"
)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")
PAGE_ENDS = ("/", ".html", ".htm")  # of the path of a page
SAFE_SCHEMES = frozenset(["", "http", "https", "mailto", "tel"])


def digest(*parts: bytes) -> str:
    """A 128-bit BLAKE2b digest of the parts, in 32 hexadecimal digits; part borders count."""
    h = hashlib.blake2b(digest_size=16)
    for part in parts:
        h.update(len(part).to_bytes(8, "little"))
        h.update(part)
    return h.hexdigest()


def unix_lines(text: str) -> str:
    """``text`` with a line feed at the end of each line, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def printable(text: str, keep: str = "\n\t") -> str:
    """``text`` for a terminal: what would steer it, or turn the order of letters around, is escaped
    as Python does.

    That is control characters (C0 and C1) but for those in ``keep``, line separators, overrides of
    the direction (https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing), and halves of
    characters, which are the bytes of a file name that is not UTF-8.
    """
    return _UNSEEN.sub(lambda m: m[0] if m[0] in keep else _escaped(m[0]), text)


def _escaped(sign: str) -> str:
    code = ord(sign)
    if 0xDC80 <= code <= 0xDCFF:  # a byte, as `os.fsdecode` keeps it
        code -= 0xDC00
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


@lru_cache(maxsize=20_000)
def slugify(text: str) -> str:
    """``text`` as one path segment: NFC, lower case, words joined by ``-``, at most 80 bytes.

    Letters of any script stay, with the marks above and below them (Thai, Devanagari,
    Arabic). Text without a letter or digit, and text that is cut, gets a digest, so that two
    different texts do not become one URL.
    """
    text = printable(text) if _HALF.search(text) else text
    text = _NUMBER_SIGN.sub(" ", text) if "#" in text else text
    folded = unicodedata.normalize(
        "NFC", unicodedata.normalize("NFC", text).strip().lower().translate(_SIGNS)
    )
    slug = (_joined(folded) if _has_marks(folded) else _GAP.sub("-", folded)).strip("-")
    if not slug:
        return "x-" + digest(text.encode())[:8]
    if len(slug.encode()) <= MAX_SEGMENT:
        return slug
    cut = slug.encode()[: MAX_SEGMENT - 9].decode("utf-8", "ignore").rsplit("-", 1)[0].rstrip("-")
    return f"{cut}-{digest(slug.encode())[:8]}"


def _has_marks(text: str) -> bool:
    """Whether ``text`` may hold marks that are signs of their own: no ASCII and no letter is."""
    return not text.isascii() and not "".join(_GAP.findall(text)).isascii()


def _joined(text: str) -> str:
    """Words of any script with ``-`` between them: a mark belongs to the letter before it, and is
    no gap."""
    out: list[str] = []
    in_word = False
    for c in text:
        if c.isalnum() or (in_word and _is_mark(c)):
            out.append(c)
            in_word = True
        elif in_word:
            out.append("-")
            in_word = False
    return "".join(out)


def _is_mark(c: str) -> bool:
    """Whether ``c`` belongs to the letter before it; selectors of a variant do not."""
    return unicodedata.category(c) in ("Mn", "Mc") and not "\ufe00" <= c <= "\ufe0f"


def filed(name: str) -> str:
    """``name`` as an index sorts it: without case, marks on letters, and signs before the first
    letter or digit."""
    bare = "".join(
        c for c in unicodedata.normalize("NFD", name.casefold()) if unicodedata.category(c) != "Mn"
    )
    return re.sub(r"^[\W_]+(?=\w)", "", unicodedata.normalize("NFC", bare))


def letter(name: str) -> str:
    """The letter that an index has ``name`` under; ``#`` for digits and signs."""
    first = filed(name)[:1]
    return first.upper() if first.isalpha() else "#"


def below(url: str) -> str:
    """The folder of what belongs to the page at ``url``: an HTML file has one of its name."""
    return url if url.endswith("/") else url.rpartition(".")[0] + "/"


def safe_path(path: str) -> str | None:
    """A site-relative path in normal form (NFC, no leading slash), or None where it would leave
    output/."""
    text = unicodedata.normalize("NFC", path)
    if _CONTROL.search(text) or _is_remote(text):
        return None
    parts = [part for part in text.split("/") if part not in ("", ".")]
    if not all(map(_is_safe_name, parts)):
        return None
    tail = "/" if parts and text.endswith("/") else ""
    return "/".join(parts) + tail


def _is_safe_name(name: str) -> bool:
    """Whether a part of a path is one folder down, by a name that file systems can keep."""
    return name != ".." and len(name.encode()) <= MAX_NAME


def _is_remote(path: str) -> bool:
    """Whether a path is a URL with a host or a scheme."""
    try:
        return path.startswith("//") or (":" in path and urlsplit(path).scheme != "")
    except ValueError:  # a host that cannot be read, as in `x://[`
        return True


def unreachable(path: str) -> str:
    """The sign because of which no link reaches a file called ``path``, or nothing.

    A browser ends the path at `?` and `#`, and a server resolves what is percent-encoded (RFC 3986,
    3.3).
    """
    found = _UNREACHABLE.search(path)
    return found[0] if found else ""


def safe_link(url: str) -> bool:
    """Whether ``url`` may be in a page: relative, http(s), mailto or tel, once white space is
    dropped."""
    if _PLAIN_LINK.fullmatch(url):
        return True
    squeezed = "".join(c for c in url if c > " " and c != "\x7f")
    try:
        scheme = urlsplit(squeezed).scheme.lower()
    except ValueError:
        return False
    return scheme in SAFE_SCHEMES


def href(path: str) -> str:
    """``path`` percent-encoded for an attribute or a feed (RFC 3986), without keys and
    passwords."""
    if _PLAIN_PATH.fullmatch(path):
        return path
    return quote(without_secrets(path), safe="/%:?#[]@!$&'()*+,;=~-._")


def is_rooted(url: str) -> bool:
    """Whether ``url`` starts at the root of the site."""
    return url.startswith("/") and not url.startswith("//")


def clean_text(value: Any) -> str:
    """``value`` as one line of text: control characters and line breaks become blanks."""
    text = str(value)
    if text.isprintable():
        return " ".join(text.split())
    return " ".join(
        "".join(
            c if c.isprintable() or c in "\u200c\u200d\u200e\u200f" else " " for c in text
        ).split()
    )


def plain(html: str) -> str:
    """The text of sanitised HTML, white space folded; without footnotes and the marks that refer to
    them, and without the readings of ruby."""
    import html as entities

    html = _NOTES.split(html, maxsplit=1)[0] if "footnote" in html else html
    html = _READING.sub("", html) if "<ruby" in html else html
    return " ".join(
        entities.unescape(_TAG.sub(" ", _WITHIN_WORDS.sub("", _NOTE_MARK.sub("", html)))).split()
    )


def words_of(html: str) -> int:
    """The number of words of sanitised HTML (see `count_words`)."""
    return count_words(_TAG.sub(" ", html))


def may_lack_blanks(text: str) -> bool:
    """Whether ``text`` may hold letters of scripts that have no blanks between words: those from
    Thai on, at U+0E00. Patterns of all such letters take ten times as long."""
    if text.isascii():
        return False
    data = text.encode("utf-8", "surrogatepass")
    return bool(data.translate(None, _NEAR)) or _RADICAL.search(data) is not None


def count_words(text: str) -> int:
    """The number of words; where a script has no blanks (Chinese, Japanese, Thai …) two letters
    count as one."""
    if not may_lack_blanks(text) or not re.search(UNSPACED, text):
        return _runs(text)
    unspaced = len(re.findall(UNSPACED, text))
    return _runs(re.sub(UNSPACED, " ", text)) + (unspaced + 1) // 2


def counted(number: int, noun: str) -> str:
    """A number with its English noun: `1 file`, `2 files`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _runs(text: str) -> int:
    """``len(text.split())``, without making the parts; only ASCII's white space parts words."""
    return (b" " + text.encode("utf-8", "replace").translate(_BLANK)).count(b" x")


def excerpt(text: str, words: int) -> str:
    """The first ``words`` words of ``text`` (see `count_words`), with an ellipsis where it was
    cut."""
    if count_words(text) <= words:
        return text
    if not may_lack_blanks(text) or not re.search(UNSPACED, text):
        return " ".join(text.split(maxsplit=words)[:words]).rstrip(",;:–—-") + " …"
    halves, cut = 0, 0
    for match in re.finditer(rf"{UNSPACED}|(?:(?!{UNSPACED})\S)+", text):
        halves += 1 if re.match(UNSPACED, match[0]) else 2
        if halves > 2 * words:
            break
        cut = match.end()
    return text[:cut].rstrip(",;:–—-、，") + "…"
