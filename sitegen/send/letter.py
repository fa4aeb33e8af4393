"""The letter of an edition: read from the message that the build made, and made ready for a
recipient or a service."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from pathlib import Path

from msgspec.structs import replace

from sitegen.base.diagnostics import fail
from sitegen.base.files import read_bytes
from sitegen.send.model import UNSUBSCRIBE, Mailing

MAX_LETTER = 16 * 1024 * 1024
# What the template writes where the link to unsubscribe belongs, with the words of the link.
_PLACE = re.compile(r"<!-- unsubscribe: (.*?) -->", re.DOTALL)
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)


def read_letter(path: Path, shown: str, key: str) -> Mailing:
    """The letter in the file ``path``, as the build wrote it.

    Raises SitegenError for an edition that has no e-mail.
    """
    if not path.is_file():
        hint = "add `email: true` to its series below `editions:` in site.yaml"
        raise fail("send", f"the edition `{key}` has no e-mail", "site.yaml", help=hint)
    mail = message_from_bytes(read_bytes(path, shown, MAX_LETTER), policy=default)
    assert isinstance(mail, EmailMessage)
    html, text = (mail.get_body((kind,)) for kind in ("html", "plain"))
    if html is None or text is None:
        raise fail("send", "is not a letter with HTML and text", shown, help="build it again")
    page, words = (part.get_content().replace("\r\n", "\n") for part in (html, text))
    word = _PLACE.search(page)
    return Mailing(
        key=key,
        subject=str(mail["Subject"] or key),
        html=page,
        text=words,
        page=str(mail["Archived-At"] or "").strip("<>"),
        sender=str(mail["From"] or ""),
        language=str(mail["Content-Language"] or ""),
        unsubscribe=word[1] if word else UNSUBSCRIBE,
    )


def with_link(letter: Mailing, url: str, text_url: str = "") -> Mailing:
    """``letter`` with a link to unsubscribe in both of its forms; ``url`` may be the token of a
    service, which is taken as it is."""
    word = letter.unsubscribe
    link = f'<a href="{url}">{word}</a>'
    html, count = _PLACE.subn(lambda _: link, letter.html, count=1)
    if not count:  # a template of one's own that has no place for it
        html = re.sub(r"(?i)</body>", lambda end: f"<p>{link}</p>{end[0]}", letter.html, count=1)
    text = f"{letter.text.rstrip()}\n\n{unescape(word)}: {text_url or url}\n"
    return replace(letter, html=html, text=text)


def without_link(letter: Mailing) -> Mailing:
    """``letter`` for a service that adds the link itself."""
    return replace(letter, html=_PLACE.sub("", letter.html))


def body_of(html: str) -> str:
    """What is within ``<body>``, for services that have a page of their own around it."""
    found = _BODY.search(html)
    return found[1].strip() if found else html


def guarded(html: str, signs: Sequence[str]) -> str:
    """``html`` in which no template language finds anything: the first letter of each of ``signs``
    (`{{`) is written as a number, which programs show as it was."""
    for sign in signs:
        opening = re.escape(sign[0]) + f"(?={re.escape(sign[1:])})"
        html = re.sub(opening, f"&#{ord(sign[0])};", html)
    return html
