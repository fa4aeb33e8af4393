"""Mails that somebody forwards to the desk."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from sitegen.importer.formats.mail import read_mail
from sitegen.importer.formats.mail_forwarded import forwarded_mail
from sitegen.model.article import Source

TEXT = "The rings in the wall are 212, and nobody has used one of them since the last tall ship."
PLAIN = f"""
---------- Forwarded message ---------
From: Lena Brandt <lena@quay.example>
Date: Sat, Nov 28, 2026 at 6:20 PM
Subject: The rings
To: <rui@desk.example>

{TEXT}
"""
OUTLOOK = (
    "<p>Zur Info</p><hr><div><b>Von:</b> Lena Brandt &lt;lena@quay.example&gt;<br><b>Gesendet:</b>"
    " Samstag, 28. November 2026 18:20<br><b>An:</b> Rui &lt;rui@desk.example&gt;<br><b>Betreff:"
    f"</b> The rings</div><p>{TEXT}</p>"
)
APPLE = (
    '<blockquote type="cite"><div>Début du message réexpédié :</div><div><b>De: </b>Lena Brandt'
    " &lt;lena@quay.example&gt;</div><div><b>Objet: </b><b>The rings</b></div><div><b>Date: </b>"
    f"28 novembre 2026 à 18:20:00</div><div><b>À: </b>rui@desk.example</div><p>{TEXT}</p>"
    "</blockquote>"
)


def mail(subject: str, plain: str = "", html: str = "") -> EmailMessage:
    out = EmailMessage()
    out["From"] = "Rui Salgado <rui@desk.example>"
    out["Subject"], out["Date"] = subject, "Sun, 29 Nov 2026 08:20:00 +0000"
    out.set_content(html or plain, subtype="html" if html else "plain")
    return out


@pytest.mark.parametrize(
    ("given", "comment"),
    [
        (mail("Fwd: The rings", PLAIN), ""),
        (mail("Fw: The rings", f"Look at this.\n{PLAIN}"), "Look at this."),
        (mail("The rings", PLAIN), ""),
        (mail("Fwd: Fwd: The rings", PLAIN.replace("Lena", "Ida").partition("To:")[0] + PLAIN), ""),
        (mail("WG: The rings", html=OUTLOOK), "Zur Info"),
        (mail("TR : The rings", html=APPLE), ""),
    ],
)
def test_the_mail_within_is_the_article(given: EmailMessage, comment: str) -> None:
    found = read_mail(bytes(given), zone="UTC")
    assert (found.title, found.date) == ("The rings", "2026-11-28T18:20:00+00:00")
    assert [person.name for person in found.authors] == ["Lena Brandt"]
    assert found.body.strip() == TEXT
    said = f"the words above the forwarded mail are not imported: {comment}"
    assert found.notes == ((said,) if comment else ())


@pytest.mark.parametrize(
    ("subject", "above"),
    [
        ("Re: The rings", "I did not know that, and will count them again on Sunday."),
        ("Fwd: The rings", "I did not know that, and will count them again. " * 8),
    ],
)
def test_what_is_written_above_a_mail_is_the_article(subject: str, above: str) -> None:
    found = read_mail(bytes(mail(subject, above + PLAIN)))
    assert [person.name for person in found.authors] == ["Rui Salgado"]
    assert above.strip() in found.body and TEXT in found.body


def test_a_mail_that_is_forwarded_as_an_attachment() -> None:
    inner = mail("The rings", TEXT)
    inner.replace_header("From", "Port Bulletin <news@port-bulletin.example>")
    outer = mail("Fwd: The rings", "see below")
    outer.add_attachment(inner)
    found = read_mail(bytes(outer))
    assert (found.title, found.authors, found.source) == (
        "The rings",
        (),
        Source("Port Bulletin"),
    )
    assert found.notes == ("the words above the forwarded mail are not imported: see below",)


@pytest.mark.parametrize(
    "lines",
    [
        ["From: the harbour", "It was late."],
        ["From: Salm", "To: Nordhavn", "The ferry sails at six."],
        ["Date: 4 May", "Subject: rings", "To: all"],
        ["From: Salm", "From: Salm", "Subject: rings"],
    ],
)
def test_lines_that_are_no_head_of_a_mail(lines: list[str]) -> None:
    assert forwarded_mail(lines, "Fwd: x") is None


@pytest.mark.parametrize(
    "labels",
    [
        "Von Gesendet An Betreff",
        "De Envoyé À Objet",
        "Da Inviato A Oggetto",
        "Από Στάλθηκε Προς Θέμα",
        "Від Надіслано Кому Тема",
        "Od Odesláno Komu Předmět",
        "Od Poslano Za Zadeva",
        "Frá Sent Til Efni",
        "Saatja Saadetud Saaja Teema",
        "De_la Trimis Către Subiect",
        "מאת נשלח אל נושא",
        "من تم_الإرسال إلى الموضوع",
        "จาก วันที่ ถึง เรื่อง",
        "Từ Ngày Đến Chủ_đề",
        "보낸_사람 보낸_날짜 받는_사람 제목",
        "差出人 送信日時 宛先 件名",
    ],
)
def test_heads_of_many_languages(labels: str) -> None:
    sender, date, to, subject = (label.replace("_", " ") for label in labels.split())
    head = (
        f"{sender}: Lena Brandt <lena@quay.example>\n{date}: 2026-11-28 18:20\n"
        f"{to}: Rui <rui@desk.example>\n{subject}: The rings"
    )
    mail = forwarded_mail([head, TEXT], "Fwd: The rings")
    assert mail is not None
    assert (mail.name, mail.subject, mail.blocks) == ("Lena Brandt", "The rings", (TEXT,))
