"""Which charset bytes are in that declare none, and text that was decoded by a wrong one before it
came here."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from sitegen.model.base import Struct

SAMPLE = 32 * 1024
_TAGS = re.compile(
    rb"<(?:script|style)\b.{0,100000}?</(?:script|style)|<[^<>]{0,5000}>", re.I | re.S
)
_ASCII = re.compile(r"[\x20-\x7e\n]")
_HIGH = re.compile(b"[\x80-\xff]")
_ASCII_LETTERS = re.compile(rb"[A-Za-z]")
# Charsets of seven bits, by the sequences that switch them on (ISO 2022).
_SWITCHED = (
    (re.compile(rb"\x1b\$[@B]|\x1b\(J"), "iso2022_jp_2"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
)
# Charsets of Latin letters, the commonest first: of two that fit a text alike, the first is taken.
_LATIN = (
    "windows-1252",
    "windows-1250",
    "iso-8859-2",
    "windows-1254",
    "windows-1257",
    "iso-8859-13",
    "iso-8859-15",
    "mac-roman",
    "cp850",
    "cp437",
    "cp852",
    "windows-1258",
)
# The letters beyond ASCII of languages that are written in them.
_LETTERS = tuple(
    frozenset(letters + letters.upper().replace("SS", ""))
    for letters in (
        "äöüßé",
        "àâæçéèêëîïôœùûüÿ",
        "áéíñóúü",
        "àèéìíîòóùú",
        "áâãàçéêíóôõúü",
        "åäöé",
        "æøåéó",
        "ëéïöüèáóúê",
        "ąćęłńóśźż",
        "áčďéěíňóřšťúůýž",
        "áäčďéíĺľňóôŕšťúýž",
        "áéíóöőúüű",
        "ăâîşţșț",
        "çğıöşüâîİ",
        "ąčęėįšųūž",
        "āčēģīķļņšūž",
        "čćđšž",
        "áðéíóúýþæö",
        "äöõüšž",
        "ëç",
        "áàâãçèéêìíðòóôõùúýăđĩũơư",
    )
)
_TYPED = frozenset("“”„‚‘’«»‹›–—…•·°§€£¥©®™¿¡ªº½¼¾²³µ×±¶†‡ \u00a0\u00ad\u202f′″№¢¦¨´¸")
# Other scripts: the charsets, the commonest letters of a language, and what share of its text
# those have.
_HAN = (
    "的一是不了在人有我他中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么心多天而能好都然没日于起还发"
    "成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知民样现這來個國說們為時過學對裡後麼還發當無開經頭從動兩長樣現"
)
_SCRIPTS = (
    (
        ("koi8-r", "cp1251", "cp866", "iso-8859-5", "koi8-u", "mac-cyrillic"),
        "оеаинтсрвлкмдпуяыі",
        0.85,
    ),
    # Serbian and Macedonian, whose own letters are seldom in the other languages
    (("cp1251", "iso-8859-5", "mac-cyrillic"), "оаеинрјтсвкудмпљњћђџќѓѕ", 0.85),
    (("cp1253", "iso-8859-7", "cp737"), "αοιετσνηυρπκμλόςάίέ", 0.85),
    (("cp1255", "cp862"), "יוהלאמרתשבנחע", 0.8),
    (("cp1256", "iso-8859-6"), "اليمنوترعبدهةفأق", 0.8),
    (("cp874",), "านรอกเงมยลวดทส่้ี็ัิ", 0.75),
    (("gb18030", "big5", "big5hkscs"), _HAN, 0.25),
    (
        ("cp932", "euc_jp"),
        "のにはをたがでてとしれさいなかもらうるこまあよりつくけきそせすえだどばんっ",
        0.4,
    ),
    (("cp949",), "이다에는을의가로고하사지한서도들기으있것리시자그대나인수를어", 0.3),
)
_SURE = 0.9
_LIKELY = 0.6
_CLOSE = 0.03  # of two charsets that fit so alike, neither is sure
_NO_TEXT = frozenset(["Cc", "Cn", "Co", "Cs"])
_SELDOM = frozenset("ђѓѕќџјљњћ†‡‰")
_NO_RUNNING_TEXT = _NO_TEXT | {"Sm", "So", "Sk"}
_FEW = 12  # bytes beyond ASCII: too few to know their script by
# What UTF-8 is read as by mistake.
_MISREAD = ("windows-1252", "windows-1251", "windows-1250", "cp850", "cp437", "mac-roman")
_CERTAIN = 3  # letters that come out right where none comes out wrong
_RUN = re.compile(r"[^\x00-\x7f]+")
_LOST_BLANK = re.compile(
    "(?<![^\x00-\x7f])Ã[ \xa0]{1,2}(?=\\w)"
)  # `à`, whose second byte is a no-break blank that became a blank


class Guess(Struct, frozen=True):
    """A charset by Python's name, and whether it is sure."""

    charset: str
    sure: bool


LONG = 200  # characters of which some must be blanks
FEWEST_BLANKS = 0.025
_CONTROLS = re.compile(rb"[\x01-\x08\x0b\x0c\x0e-\x1f]")


def wide(data: bytes) -> str:
    """The charset of UTF-16 without a byte order mark, by its zero bytes and by the letters that it
    gives; else empty."""
    head = data[: SAMPLE & ~1]
    if b"\0" not in head or _is_utf8_with_zeros(head):
        return ""
    read = {
        charset: head[: len(head) & ~1].decode(charset, "replace")[:20_000]
        for charset in ("utf-16-le", "utf-16-be")
    }
    charset = min(read, key=lambda name: (_strays(read[name]), -len(_ASCII.findall(read[name]))))
    text = read[charset]
    return charset if _strays(text) <= 0.02 and len(head) > 3 and _has_words(text) else ""


def _is_utf8_with_zeros(head: bytes) -> bool:
    """Whether bytes are UTF-8 in which a few zero bytes have strayed."""
    plain = head.replace(b"\0", b"")
    if len(head) - len(plain) > len(head) // 20 or _CONTROLS.search(plain):
        return False
    try:
        plain[:-4].decode()
    except UnicodeDecodeError as error:
        return error.start > len(plain) - 12
    return True


def _has_words(text: str) -> bool:
    """Whether a text of some length has blanks between words, or is in a script without: sounds and
    tables of numbers are letters, too, if they are read as UTF-16."""
    if len(text) < LONG:
        return True
    blanks = sum(map(text.count, " \n\t\u00a0"))
    dense = sum(c >= "\u0e00" for c in text)  # from Thai on: few scripts have blanks
    return blanks >= FEWEST_BLANKS * len(text) or dense > len(text) // 2


def _strays(text: str) -> float:
    """The share of characters that no text has: controls, unassigned and private ones."""
    found = sum(
        c == "\ufffd" or (unicodedata.category(c) in _NO_TEXT and c not in "\r\n\t\f\v")
        for c in text
    )
    return found / len(text) if text else 1.0


def switched(data: bytes) -> str:
    """The charset of seven bits that ``data`` switches on, else empty: its bytes are valid ASCII,
    too."""
    if b"\x1b" not in data[:SAMPLE]:
        return ""
    return next((charset for sign, charset in _SWITCHED if sign.search(data[:SAMPLE])), "")


def guess(data: bytes) -> Guess:
    """The charset of text that is not UTF-8 and declares none.

    Markup in it says nothing, and is passed over.
    """
    sample = _TAGS.sub(b" ", _sample(data)) if b"<" in data[:SAMPLE] else _sample(data)
    high, low = len(_HIGH.findall(sample)), len(_ASCII_LETTERS.findall(sample))
    if high < _FEW or high * 4 < high + low:
        return _latin(sample)
    others = [
        (_share(sample, charset, letters) / usual - 0.005 * n, -n, charset)
        for charsets, letters, usual in _SCRIPTS
        for n, charset in enumerate(charsets)
    ]
    share, _, charset = max(others)
    if share >= _LIKELY:
        close = {name for other, _, name in others if other >= share - _CLOSE}
        return Guess(charset, share >= 0.75 and not _are_apart(sample, close))
    latin = _latin(sample)
    if latin.sure:
        return latin
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return Guess(best.encoding if best else latin.charset, False)


def _are_apart(sample: bytes, charsets: Iterable[str]) -> bool:
    """Whether charsets give different letters: many differ only in characters that a text lacks."""
    return len({sample.decode(charset, "replace") for charset in charsets}) > 1


def _latin(sample: bytes) -> Guess:
    fit, _, charset = max((_fit(sample, charset), -n, charset) for n, charset in enumerate(_LATIN))
    return Guess(charset, fit >= _SURE)


def _sample(data: bytes) -> bytes:
    """The beginning of ``data``, cut at a line's end."""
    return data if len(data) <= SAMPLE else data[:SAMPLE].rpartition(b"\n")[0] or data[:SAMPLE]


def _share(sample: bytes, charset: str, letters: str) -> float:
    """The share of the ``letters`` among all that are not ASCII, less for signs that are not of the
    language."""
    text = _decoded(sample, charset)
    if text is None:
        return -1.0
    runs = " ".join(_RUN.findall(text))
    found = Counter(runs.casefold())
    words = found.total() - sum(map(found.__getitem__, _TYPED))
    if not words:
        return -1.0
    wrong = _odd_signs(found, letters) + _capitals_within(runs) + len(_TWO_SCRIPTS.findall(text))
    right = sum(map(found.__getitem__, letters))
    return (right - 2 * wrong) / words


def _odd_signs(found: Counter[str], letters: str) -> int:
    """How many signs of ``found`` are of no language, or of another one."""
    return sum(n for c, n in found.items() if _is_odd(c) and c not in letters)


def _decoded(sample: bytes, charset: str) -> str | None:
    """A sample in ``charset``, whose last letter may be cut; None where it is not in that."""
    try:
        return sample.decode(charset)
    except UnicodeDecodeError as error:
        is_cut = error.start >= len(sample) - 4
        return sample[: error.start].decode(charset) if is_cut else None


def _capitals_within(runs: str) -> int:
    """How many capitals come right behind a small letter."""
    return sum(a.islower() and b.isupper() for a, b in pairwise(runs))


# Within a word: Latin letters beside Greek, Cyrillic, Hebrew, Arabic or Thai ones.
_TWO_SCRIPTS = re.compile("[A-Za-z](?=[\u0370-\u0e7f])|[\u0370-\u0e7f](?=[A-Za-z])")


def _is_odd(c: str) -> bool:
    """Whether a character is of no running text: half-width, for private use, a control, a box."""
    return (
        "\uff61" <= c <= "\uff9f"
        or c in _SELDOM
        or (unicodedata.category(c) in _NO_RUNNING_TEXT and c not in "©®°№™")
    )


_WITHIN_WORDS = "’‘·–—-\u00ad"


def _fit(sample: bytes, charset: str) -> float:
    """How well the letters that ``charset`` gives are those of one language: 1 for all of them,
    less for signs within words."""
    try:
        text = sample.decode(charset)
    except UnicodeDecodeError:
        return -1.0
    letters: Counter[str] = Counter()
    total = wrong = 0
    for match in _RUN.finditer(text):
        for at in range(match.start(), match.end()):
            total += 1
            wrong += _misfit(text, at)
            if _is_letter(text[at]):
                letters[text[at]] += 1
    if not total:
        return 1.0
    known = _of_one_language(letters) if letters else 1.0
    return known - wrong / total + (0.0006 if letters and charset == _LATIN[0] else 0.0)


def _is_letter(c: str) -> bool:
    return c.isalpha() and c not in "ªº"


def _misfit(text: str, at: int) -> int:
    """How unlikely a letter or sign is where it is: capitals and signs within a word are wrong."""
    c, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if _is_letter(c):
        return c.isupper() and before.islower()
    is_typed = c in _TYPED
    if before.isalpha() and after.isalpha():
        return 0 if is_typed and c in _WITHIN_WORDS else 2
    return 0 if is_typed else 1


def _of_one_language(letters: Counter[str]) -> float:
    """The share of letters that are those of one language. Of two languages that have all, the one
    with fewer others; else the commonest charset."""
    count = letters.total()
    return max(
        sum(n for c, n in letters.items() if c in language) / count
        + 0.01 * len(language & letters.keys()) / len(language)
        for language in _LETTERS
    )


def repaired(text: str) -> tuple[str, str, int]:
    """(text, charset, places) of UTF-8 that was once read as ``charset``: repaired where that is
    certain, else (text, "", 0)."""
    runs = _runs_beyond_ascii(text)
    for charset in _MISREAD if runs else ():
        lone = "Ã" in runs and charset == "windows-1252" and bool(_LOST_BLANK.search(text))
        if _is_certain(runs, charset, lone):
            return _reread_all(text, charset, lone)
    return text, "", 0


def _is_certain(runs: Counter[str], charset: str, lone: bool) -> bool:
    """Whether all of ``runs`` come out right when they are read again, and enough letters do;
    ``lone`` says that one of them is known to lack its second half."""
    good = _rereadable(runs, charset)
    letters = sum(runs[run] * len(fixed) for run, fixed in good.items())
    return letters >= _CERTAIN and len(good) + lone == len(runs)


def _runs_beyond_ascii(text: str) -> Counter[str]:
    """How often each run of letters that are not ASCII is in the first part of a text that has
    such."""
    first = None if text.isascii() else _RUN.search(text)  # perhaps behind a long head
    start = first.start() if first else 0
    sample = text[start : start + SAMPLE] if first else ""
    return Counter(match[0] for match in _RUN.finditer(sample))


def _rereadable(runs: Iterable[str], charset: str) -> dict[str, str]:
    """Those of ``runs`` that are UTF-8 in the bytes of ``charset``, each with what it should be."""
    fixed = {run: _reread(run, charset) for run in runs}
    return {run: text for run, text in fixed.items() if text}


def _reread_all(text: str, charset: str, lone: bool) -> tuple[str, str, int]:
    fixed, places = _RUN.subn(lambda m: _reread(m[0], charset) or m[0], text)
    return (_LOST_BLANK.sub("à ", fixed) if lone else fixed), charset, places


def _reread(run: str, charset: str) -> str:
    """``run`` decoded as UTF-8 from its bytes in ``charset``, or an empty string where it is not
    such."""
    out = bytearray()
    for c in run:
        try:
            out += c.encode(charset)
        except UnicodeEncodeError:
            if ord(c) > 0xFF:
                return ""
            out.append(ord(c))
    try:
        return out.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def is_garbled(text: str) -> str:
    """A sign of UTF-8 that was read as something else, where it is not certain enough to repair;
    else empty."""
    found = re.search("Ã[\x80-\xbf\u0152-\u2122]|â€[\x80-\xff\u0153-\u2122]", text)
    return found[0] if found else ""
