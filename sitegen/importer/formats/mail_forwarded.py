"""A mail that somebody forwards to the desk: the mail within it, with its own head.

Mail programs write the head of a forwarded mail as lines of text, in the language of the person
who forwards it. RFC 5322 knows no such form; the labels are those that Gmail, Outlook, Apple Mail
and Thunderbird use.
"""

from __future__ import annotations

import re
from email.utils import getaddresses
from itertools import chain, takewhile
from operator import itemgetter

from sitegen.importer.formats.mail_subjects import is_forward
from sitegen.importer.to_markdown import plain_block
from sitegen.model.base import Struct

# A blank within a label is written as `_`.
_LABELS = {
    "from": (
        "from von de da van från fra frá od lähettäjä saatja no nuo от від од από feladó kimden"
        " de_la expeditor dari từ من מאת จาก 发件人 寄件者 寄件人 差出人 보낸사람 보낸_사람"
    ),
    "date": (
        "date sent datum gesendet fecha enviado enviado_el data envoyé envoyé_le inviato verzonden"
        " skickat sendt dato päivämäärä lähetetty saadetud nosūtīts išsiųsta wysłano odesláno"
        " odoslané poslano trimis дата датум отправлено надіслано изпратено ημερομηνία στάλθηκε"
        " dátum elküldve tarih gönderildi gönderilme_tarihi tanggal dikirim ngày đã_gửi"
        " التاريخ تم_الإرسال תאריך נשלח วันที่ ส่ง"
        " 日期 发送时间 发件时间 寄件日期 日付 日時 送信日時 날짜 보낸_날짜"
    ),
    "subject": (
        "subject betreff asunto objet oggetto assunto assumpte onderwerp ämne emne efni temat"
        " předmět predmet zadeva aihe teema temats tema тема относно наслов предмет θέμα tárgy konu"
        " subiect subiectul perihal chủ_đề الموضوع נושא เรื่อง หัวเรื่อง 主题 主旨 件名 제목"
    ),
    "to": (
        "to an para à a per_a aan till til do komu vastaanottaja saaja kam za către кому до за προς"
        " címzett kime kepada đến إلى אל ถึง 收件人 收件者 宛先 받는사람 받는_사람"
    ),
    "other": "cc kopie kopia copie cópia bcc reply-to antwort-an 抄送 副本 참조",
}
_KIND = {
    label.casefold().replace("_", " "): kind
    for kind, labels in _LABELS.items()
    for label in labels.split()
}
_ROW = re.compile(r"([^\s:：][^:：\n]{0,24}?)\s*[:：]\s*(.*)", re.S)
_BREAK = re.compile(r"\\\n| {2}\n|\n")
_MARK = re.compile(r"[-–—_*]{2,}|[:：]$")
_WITHIN = 8  # blocks: further below, a head is that of a mail that is answered
_NESTED = 4
_OF_HEAD = ("subject", "date")  # one of them is in each head
MAX_COMMENT = 60  # words that somebody who forwards a mail writes above it


class ForwardedMail(Struct, frozen=True):
    """The mail within a forwarded one: who wrote it, when, about what, and its blocks; ``comment``
    is what the person who forwards it wrote above."""

    name: str
    address: str
    date: str
    subject: str
    blocks: tuple[str, ...]
    comment: str = ""


def forwarded_mail(blocks: list[str], subject: str) -> ForwardedMail | None:
    """The mail within, of a mail with the text ``blocks`` (Markdown) and the header ``subject``;
    the innermost one where it was forwarded more than once. None for a mail that is not forwarded.
    """
    found = None
    for _ in range(_NESTED):
        inner = _within(list(found.blocks) if found else blocks, found is not None, subject)
        if inner is None:
            break
        found = inner
    return found


def _within(blocks: list[str], is_nested: bool, subject: str) -> ForwardedMail | None:
    blocks = _unquoted(blocks)
    heads = ((start, *_head(blocks, start)) for start in range(min(_WITHIN, len(blocks))))
    start, head, end = next(filter(itemgetter(1), heads), (0, None, 0))
    if head is None:
        return None
    comment = _comment(blocks[:start])
    if not _may_be_forwarded(comment, is_nested, subject):
        return None
    name, address = next(iter(getaddresses([head["from"]])), ("", ""))
    return ForwardedMail(
        name.strip("\"' "),
        address,
        head.get("date", ""),
        head.get("subject", ""),
        tuple(blocks[end:]),
        comment,
    )


def _comment(blocks: list[str]) -> str:
    """What the one who forwards a mail says above it."""
    above = map(plain_block, blocks)
    return " ".join(text for text in above if text and not _MARK.search(text))


def _may_be_forwarded(comment: str, is_nested: bool, subject: str) -> bool:
    """Whether a mail below a ``comment`` was forwarded; one below an answer was answered, and one
    within a forwarded one has none above it."""
    if not comment:
        return True
    return is_forward(subject) and not is_nested and len(comment.split()) <= MAX_COMMENT


def _head(blocks: list[str], start: int) -> tuple[dict[str, str] | None, int]:
    """(the values of a forwarded mail's head that begins at ``start``, where its text begins);
    None where there is no head."""
    rows = takewhile(all, (list(map(_row, _BREAK.split(block))) for block in blocks[start:]))
    head = list(rows)
    values: dict[str, str] = {}
    for kind, value in filter(None, chain.from_iterable(head)):
        values.setdefault(kind, value)
    is_head = len(values) >= 3 and "from" in values and not values.keys().isdisjoint(_OF_HEAD)
    return (values if is_head else None), start + len(head)


def _row(line: str) -> tuple[str, str] | None:
    """(kind, value) of a line of a head."""
    match = _ROW.fullmatch(plain_block(line))
    kind = _KIND.get(match[1].casefold()) if match else None
    return (kind, match[2].strip()) if match and kind else None


def _unquoted(blocks: list[str]) -> list[str]:
    """``blocks`` with a quotation that holds the whole forwarded mail, as Apple Mail writes it,
    opened."""
    out: list[str] = []
    for number, block in enumerate(blocks):
        inner = re.sub(r"^> ?", "", block, flags=re.M).split("\n\n") if block[:1] == ">" else []
        starts = range(min(3, len(inner))) if number < _WITHIN else range(0)
        is_mail = any(_head(inner, start)[0] for start in starts)
        out.extend(inner if is_mail else [block])
    return out
