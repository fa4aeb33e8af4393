"""The subject of a mail without what mail programs and mailing lists put before it.

RFC 5322, section 3.6.5, knows `Re: ` alone; programs translate it, and count answers in their own
ways (`Re[2]:`, `Re^2:`, `Re (2):`).
"""

from __future__ import annotations

import re
from collections.abc import Container

# By program and language; folded.
_ANSWERS = (
    "re aw antw ynt odp odg svar vá απ σχετ отв răsp"
    " 回复 回覆 答复 答覆 返信 회신 답장 رد תשובה השב ตอบกลับ"
).split()
_FORWARDS = (
    "fw fwd wg rv vb továb ilt doorst πρθ пер trs przek 转发 轉寄 轉發 転送 전달 הועבר ส่งต่อ"
).split()
# They also begin headlines (`I: the jury`, `ATS: …`), and count only in a mail that answers or
# forwards, or two in a row.
_SHORT_ANSWERS = ("r", "vs", "ref", "sv", "rif", "ats", "res", "bls")
_SHORT_FORWARDS = ("i", "vl", "pd", "fs", "ps", "tr", "enc")

_COUNTED = r"(?:\s?(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3}))?\s{0,2}[:：]\s*"
_TAG = re.compile(r"\[([^\[\]]{1,40})\]\s*")
_LIST_NAME = re.compile(r"[a-z0-9]+(?:[-._][a-z0-9]+)+")


def _prefix(*words: str) -> re.Pattern[str]:
    alike = "|".join(re.escape(word).replace("i", "[iIİı]") for word in words)
    return re.compile(rf"(?:{alike}){_COUNTED}", re.IGNORECASE)


_SURE = _prefix(*_ANSWERS, *_FORWARDS)
_ANY = _prefix(*_ANSWERS, *_FORWARDS, *_SHORT_ANSWERS, *_SHORT_FORWARDS)
_TWO = re.compile(rf"(?:{_ANY.pattern}){{2}}", re.IGNORECASE)
_FORWARD = _prefix(*_FORWARDS, *_SHORT_FORWARDS, "vs")


def own_subject(subject: str, *, is_answer: bool, lists: Container[str] = ()) -> str:
    """``subject`` without the marks of answers, forwards and mailing lists before it.

    ``is_answer`` says whether the mail answers or forwards another one by other evidence: short
    marks count only then, or two in a row. ``lists`` are the names of its mailing lists, in small
    letters; a name in brackets is one of those, or is written like one (`[quay-l]`), or stands
    among other marks.
    """
    rest, has_prefix = subject.strip(), False
    prefix = _ANY if is_answer or _TWO.match(rest) else _SURE
    while mark := prefix.match(rest) or _TAG.match(rest):
        behind = rest[mark.end() :].lstrip()
        if mark.re is _TAG and not (
            has_prefix or prefix.match(behind) or _is_list(mark[1].strip(), lists)
        ):
            break
        has_prefix |= mark.re is not _TAG
        rest = behind
    return rest or subject


def is_forward(subject: str) -> bool:
    """Whether a mail with this subject says that it forwards another one."""
    rest = subject.strip()
    while tag := _TAG.match(rest):
        rest = rest[tag.end() :]
    return bool(_FORWARD.match(rest))


def _is_list(name: str, lists: Container[str]) -> bool:
    return name.casefold() in lists or bool(_LIST_NAME.fullmatch(name))
