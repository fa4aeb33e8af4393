"""Newsletters: one mail (`.eml`) or a mailbox (mbox) to articles.

The parser of the standard library recurses with the nesting of a mail, so the nesting is bounded
before it sees the bytes. HTML is preferred to the plain text beside it; pictures that came along
are kept.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from itertools import chain
from typing import BinaryIO

import msgspec

from sitegen.base.text import counted
from sitegen.importer.detect import decode_html, decode_text, recode
from sitegen.importer.fields.text import clean_inline
from sitegen.importer.fields.values import Dates, language, people_of
from sitegen.importer.fields.vocabulary import folded
from sitegen.importer.formats.mail_forwarded import MAX_COMMENT, forwarded_mail
from sitegen.importer.formats.mail_furniture import letter_text, mail_byline, mail_furniture
from sitegen.importer.formats.mail_signatures import without_signatures
from sitegen.importer.formats.mail_subjects import is_forward, own_subject
from sitegen.importer.formats.mail_text import mail_html, own_text
from sitegen.importer.html.fragment import finish, read_fragment
from sitegen.importer.kept import measured_html, whole_text, without_tags, words_in
from sitegen.importer.model import Imported
from sitegen.importer.to_markdown import absolute, join_blocks, plain_block
from sitegen.model.article import Person, Source
from sitegen.model.base import Struct
from sitegen.names.shape import looks_like_name

MAX_MAIL = 32 * 1024 * 1024
MAX_NESTED = 60
MAX_PARTS = 500
MAX_ATTACHED = 200
NAMED = 20  # attachments that a report names
MAX_HEADER = 4_000
MAX_REFUSED = 256 * 1024  # of a mail that is set aside as it is
FEW = 0.5  # of the words of the plain text: an HTML part with less is not the text
# Kinds of parts that a report does not name: texts in other forms, signatures and keys.
_UNNAMED = (
    *("text/", "multipart/", "message/"),
    *("application/pgp", "application/pkcs7", "application/x-pkcs7"),
)
_NESTING = re.compile(rb"^content-type\s*:\s*(?:multipart|message)/", re.I | re.M)
_FROM_LINE = re.compile(rb"^From \S.{0,300}\d{4}.{0,20}$")
# Archives of Pipermail write `name at host (Ann Ames)`.
_AT = re.compile(r"^(\S{1,64}) at (\S{1,200})(?=\s|$)")
_LIST_ID = re.compile(r"^\s*(?P<name>.*?)\s*<(?P<id>[^<>]{1,300})>\s*$", re.S)
# Mailboxes of publications, not of people.
_DESKS = re.compile(
    r"(?:no-?reply|news(?:letters?)?|info|mail|post|editors?|desk|press|updates?|briefing|bulletin"
    r"|daily|weekly|letters?|redaktion(?:en)?|r[eé]daction|redazione|redacci[oó]n|redactie)"
)


def read_mail(data: bytes, *, zone: str = "") -> Imported:
    """One mail.

    Never raises for bad input; what cannot be read is in ``doubts``.
    """
    if len(_NESTING.findall(data)) > MAX_NESTED:
        return Imported(
            title=_early_subject(data),
            body=whole_text(decode_text(data[:MAX_REFUSED])[0]),
            doubts=(f"no running text found: parts nested or more than {MAX_NESTED}",),
            share=0.0,
        )
    cut = (
        (f"the mail is longer than {MAX_MAIL // 1048576} MiB; its end is not imported",)
        if len(data) >= MAX_MAIL
        else ()
    )
    return _read(email.message_from_bytes(data[:MAX_MAIL]), zone, cut)


def _read(message: Message, zone: str, notes: tuple[str, ...]) -> Imported:
    """The article that ``message`` is, or the mail that is forwarded as its only attachment."""
    content = _Content(message)
    body, is_html, attached = content.html, content.is_html, content.attached
    above = " ".join(without_tags(body).split())
    is_cover = not above or is_forward(_header(message, "Subject"))
    if len(content.mails) == 1 and is_cover and len(words_in(above)) <= MAX_COMMENT:
        return _read(content.mails[0], zone, (*notes, *_left_out(above)))
    piece = read_fragment(body)
    text = letter_text(piece.blocks)
    blocks = list(text.blocks)
    when = Dates(zone)
    head = _head_of(message, blocks, when)
    subject, date, address = head.subject, head.date, head.address
    authors, source = _makers(head)
    byline = f"from {head.where}From"
    blocks = _without_subject(list(head.blocks), subject)
    signed, at = mail_byline(blocks)
    if signed:
        blocks.pop(at)
        authors, byline = signed, "from the line below the headline"
    evidence: list[tuple[str, str, object]] = [
        ("title", f"from {head.where}Subject", subject),
        ("authors", byline, authors),
        ("date", f"from {head.where}Date", date),
        ("source", "from List-Id" if head.outlet else f"from {head.where}From", source),
        ("canonical", "from Archived-At", address),
        ("body", "from the HTML part" if is_html else "from the plain part", body),
    ]
    identifier = _header(message, "Message-ID").strip()
    found = Imported(
        title=clean_inline(subject),
        authors=authors,
        date=date,
        source=Source(source, address),
        canonical=address,
        lang=language(_header(message, "Content-Language")),
        guid="mid:" + identifier.strip(" <>")[:500] if identifier else "",
        body=join_blocks(_without_subject(blocks, subject)),
        images=piece.images,
        attached={**piece.attached, **attached},
        doubts=piece.doubts,
        evidence=tuple((n, how) for n, how, there in evidence if there),
        notes=(*when.notes, *content.notes, *_signed(text.signatures), *head.notes, *notes),
    )
    # A newsletter's first picture is its masthead.
    found = msgspec.structs.replace(finish(found), image=None)
    return measured_html(found, body, mail_furniture)


class _Head(Struct, frozen=True):
    """What the head of a mail says, and the blocks of its text; of a forwarded mail the head is
    that of the mail within.

    ``where`` is what the evidence calls that head, ``outlet`` the mailing list's name.
    """

    subject: str
    sender: Person
    mailbox: str
    date: str
    blocks: tuple[str, ...]
    address: str = ""
    outlet: str = ""
    is_listed: bool = False
    where: str = ""
    notes: tuple[str, ...] = ()


def _head_of(message: Message, blocks: list[str], when: Dates) -> _Head:
    subject = _header(message, "Subject")
    listed = _LIST_ID.match(_header(message, "List-Id"))
    outlet = clean_inline(listed["name"].strip("\"' ")) if listed else ""
    lists = {outlet.casefold(), listed["id"].partition(".")[0].casefold()} if listed else set()
    if mail := forwarded_mail(blocks, subject):
        host = mail.address.rpartition("@")[2]
        return _Head(
            subject=own_subject(mail.subject or subject, is_answer=True, lists=lists),
            sender=Person(clean_inline(mail.name or host)[:200], org=clean_inline(host)),
            mailbox=mail.address,
            date=when(mail.date),
            blocks=mail.blocks,
            where="the head of the forwarded mail: ",
            notes=_left_out(mail.comment),
        )
    is_answer = any(_raw(message, name) for name in ("In-Reply-To", "References"))
    return _Head(
        subject=own_subject(subject, is_answer=is_answer, lists=lists),
        sender=_sender(message),
        mailbox=next((address for _, address in getaddresses([_raw(message, "From")])), ""),
        date=when(_header(message, "Date")),
        blocks=tuple(blocks),
        address=absolute(_header(message, "Archived-At").strip("<> "), ""),
        outlet=outlet,
        is_listed=listed is not None,
    )


def _left_out(comment: str) -> tuple[str, ...]:
    """A note on what somebody wrote above the mail that they forwarded."""
    said = f"the words above the forwarded mail are not imported: {comment[:300]}"
    return (said,) if comment else ()


def _signed(signatures: Iterable[str]) -> tuple[str, ...]:
    """A note on each of the signatures below a text."""
    return tuple(f"the signature is not imported: {said[:300]}" for said in signatures)


def _makers(head: _Head) -> tuple[tuple[Person, ...], str]:
    """(the authors, the name of the source) of a mail with this head."""
    sender = head.sender
    personal = looks_like_name(sender.name) and not _is_desk(sender.name, head.mailbox)
    source = head.outlet or (sender.name if not personal or head.is_listed else "") or sender.org
    is_author = personal and sender.name != head.outlet
    return (tuple(people_of([sender.name])) if is_author else ()), source


def _is_desk(name: str, mailbox: str) -> bool:
    """Whether a mail is from a publication that is called like a person: its address is that of a
    desk, at a host of its name."""
    desk, _, host = mailbox.casefold().rpartition("@")
    label = re.sub(r"\W|_", "", host.rpartition(".")[0])
    squashed = re.sub(r"\W|_", "", name.casefold())
    return bool(_DESKS.fullmatch(desk)) and bool(squashed) and label.endswith(squashed)


def sender_of(data: bytes) -> str:
    """The address that a mail is from, in small letters; empty if it names none."""
    head = email.message_from_bytes(data[:MAX_REFUSED].partition(b"\n\n")[0] + b"\n\n")
    found = getaddresses([str(head.get("From", ""))])
    return found[0][1].casefold() if found else ""


def _without_subject(blocks: list[str], subject: str) -> list[str]:
    """``blocks`` without a first one that repeats the subject."""
    return blocks[1:] if blocks and _is_subject(blocks[0], subject) else blocks


def _is_subject(block: str, subject: str) -> bool:
    """Whether a block says what the subject says, or, as a heading, its end behind the newsletter's
    name."""
    said, key = folded(plain_block(block)), folded(subject)
    return bool(said) and (
        said == key or (block.startswith("#") and len(said) > 8 and key.endswith(said))
    )


def split_mbox(source: BinaryIO) -> Iterator[bytes]:
    """The mails of a mailbox, one after the other; over-long ones are cut."""
    rows: list[bytes] = []
    size, blank = 0, True
    while row := source.readline(1 << 20):
        bare = row.rstrip(b"\r\n")
        if blank and _FROM_LINE.match(bare):
            if rows:
                yield b"".join(rows)
            rows, size = [], 0
        elif size < MAX_MAIL:
            rows.append(row[1:] if re.match(rb">+From ", row) else row)
            size += len(row)
        blank = not bare
    if any(r.strip() for r in rows):
        yield b"".join(rows)


class _PartText(Struct, frozen=True):
    """The text of a part as HTML, whether it was HTML, and the signatures below it."""

    html: str = ""
    is_html: bool = False
    signatures: tuple[str, ...] = ()


class _Content:
    """What a mail holds: its text as HTML, pictures by their `cid:` address, and the names of other
    attachments."""

    def __init__(self, message: Message) -> None:
        self.attached: dict[str, bytes] = {}
        self.others: list[str] = []
        self.mails: list[Message] = []
        self.parts = 0
        text = self._text_of(message)
        self.html, self.is_html, self.signatures = text.html, text.is_html, text.signatures

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the mail is not imported."""
        return (*self._attachments(), *_signed(self.signatures))

    def _attachments(self) -> tuple[str, ...]:
        """A note on the attachments that are not imported."""
        if not self.others:
            return ()
        more = f" and {len(self.others) - NAMED} more" if len(self.others) > NAMED else ""
        return (
            (
                f"{counted(len(self.others), 'attachment')} of the mail not imported:"
                f" {', '.join(self.others[:NAMED])}{more}"
            ),
        )

    def _text_of(self, part: Message) -> _PartText:
        """The text of a part; of alternatives the richest one (RFC 2046, 5.1.4)."""
        self.parts += 1
        if self.parts > MAX_PARTS:
            self.others.append(f"a part beyond the first {MAX_PARTS}")
            return _PartText()
        kind = part.get_content_type()
        if kind == "message/rfc822":
            self.others.append("a forwarded mail")
            self.mails.extend(_parts_of(part))
            return _PartText()
        if part.is_multipart():
            return self._text_of_parts(part, kind)
        name = _text(part.get_filename() or "")
        if kind.startswith("image/"):
            self._add_image(part, name)
        elif part.get_content_disposition() == "attachment" or not kind.startswith(_UNNAMED):
            self._leave_out(name, kind)
        elif kind == "text/html":
            unsigned = without_signatures(decode_html(_recoded(part))[0])
            return _PartText(unsigned.html, True, unsigned.signatures)
        elif kind == "text/plain":
            return _html_of_plain(part)
        return _PartText()

    def _text_of_parts(self, part: Message, kind: str) -> _PartText:
        texts = [text for text in map(self._text_of, _parts_of(part)) if text.html.strip()]
        return _fullest(texts) if kind == "multipart/alternative" else _joined(texts)

    def _add_image(self, part: Message, name: str) -> None:
        cid, data = _text(_raw(part, "Content-ID")).strip(" <>"), _payload(part)
        if cid and data and len(self.attached) < MAX_ATTACHED:
            self.attached["cid:" + cid] = data
        elif data:
            self._leave_out(name, "an image")

    def _leave_out(self, name: str, kind: str) -> None:
        """Note an attachment by its name, or by its kind where it has none."""
        self.others.append(f"`{name[:80]}`" if name else kind)


def _parts_of(part: Message) -> list[Message]:
    return [inner for inner in part.get_payload() if isinstance(inner, Message)]


def _html_of_plain(part: Message) -> _PartText:
    """The plain text of a part as HTML, by the parameters that say how its lines are broken."""
    form, joined = (str(part.get_param(name) or "").lower() for name in ("format", "delsp"))
    text, signature = own_text(decode_text(_recoded(part))[0])
    html = mail_html(text, flowed=form == "flowed", joined=joined == "yes")
    return _PartText(html, signatures=(signature,) if signature else ())


def _joined(texts: list[_PartText]) -> _PartText:
    """Texts as one, in their order."""
    html = "".join(text.html for text in texts)
    signatures = chain.from_iterable(text.signatures for text in texts)
    return _PartText(html, any(text.is_html for text in texts), tuple(signatures))


def _fullest(texts: list[_PartText]) -> _PartText:
    """The richest of alternative texts: HTML, unless it only says that the mail has another
    form."""
    if not texts:
        return _PartText()
    words = {text.html: len(words_in(without_tags(text.html))) for text in texts}
    least = FEW * max(words.values())
    for text in texts:
        if text.is_html and words[text.html] >= least:
            return text
    return max(reversed(texts), key=lambda text: words[text.html])


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _recoded(part: Message) -> bytes:
    """The bytes of a text as UTF-8 where its charset is known and they are not UTF-8 already."""
    return recode(_payload(part), part.get_content_charset() or "")


def _header(message: Message, name: str) -> str:
    return _text(_raw(message, name))


def _raw(message: Message, name: str) -> str:
    """A header as it is in the mail: bytes beyond ASCII are still those of the mail."""
    return next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), "")[
        :MAX_HEADER
    ]


def _text(raw: str) -> str:
    """A header's value, decoded (RFC 2047)."""
    if "=?" not in raw:
        return clean_inline(raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))
    try:
        return clean_inline("".join(_decoded(*piece) for piece in decode_header(raw)))
    except (ValueError, LookupError):
        return clean_inline(raw)


def _decoded(piece: bytes | str, charset: str | None) -> str:
    return piece if isinstance(piece, str) else decode_text(recode(piece, charset or ""))[0]


def _sender(message: Message) -> Person:
    """Who a mail is from; ``org`` holds the host, for want of a name."""
    raw = _AT.sub(r"\1@\2", _raw(message, "From"))
    shown, address = next(iter(getaddresses([raw])), ("", ""))
    host = address.rpartition("@")[2][:100]
    return Person(_text(shown).strip("\" '")[:200], org=clean_inline(host))


def _early_subject(data: bytes) -> str:
    match = re.search(rb"^Subject:\s*([^\r\n]{1,500})", data[:20_000], re.I | re.M)
    return _text(decode_text(match[1])[0]) if match else ""
