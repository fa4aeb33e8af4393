"""Mails as mail servers, archives and programs keep them: detected by their header, whole, with
what is quoted as a quotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.load import load_config
from sitegen.importer.detect import detect
from sitegen.importer.formats.mail import read_mail
from sitegen.importer.formats.mail_text import mail_html, own_text
from sitegen.importer.model import ImportOptions, ImportReport
from sitegen.importer.run import import_all

SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"
TEXT = (
    "The bell of the harbour has not rung for a week, and the council says that nobody has"
    " complained."
)
HEAD = (
    "From: Ann Ames <ann@quay.example>\nTo: desk@quay.example\nSubject: The bell\nDate: Thu, 26 Nov"
    " 2026 18:15:00 +0000\n"
)
DELIVERED = (
    "Return-Path: <ann@quay.example>\nX-Original-To: desk@quay.example\nDelivered-To:"
    " desk@quay.example\nReceived: from a.example (a.example [192.0.2.1])\n\tby b.example (Postfix)"
    " with ESMTPS id 4X\n\tfor <d@quay.example>; Thu\nDKIM-Signature: v=1; a=rsa-sha256;\n\tb="
    + "A" * 3000
    + "\nX-Spam:\nX-Mailer: Letterpress 3\n"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"{HEAD}\n{TEXT}\n", "mail"),
        (f"{DELIVERED}{HEAD}\n{TEXT}\n", "mail"),
        (f"{HEAD}\n{TEXT}\n".replace("\n", "\r\n"), "mail"),
        (
            f"Message-ID:<a@b.example>\nSubject:The bell\nFROM:Ann Ames <a@b.example>\n\n{TEXT}\n",
            "mail",
        ),
        (
            (
                "From ann at quay.example  Thu Nov 26 18:15:00 2026\nFrom: ann at quay.example"
                f" (Ann Ames)\nSubject: x\n\n{TEXT}\n"
            ),
            "mbox",
        ),
        (f"Title: The bell\nAuthor: Ann Ames\nDate: 26 November 2026\n\n{TEXT}\n", "text"),
        (
            (
                "Subject: the bell\nFrom: the tower\nDate: never\nAnd so it went on without an"
                f" empty line.\n{TEXT}\n"
            ),
            "text",
        ),
    ],
)
def test_a_mail_is_detected_from_its_header(text: str, kind: str) -> None:
    assert detect(text.encode(), "1795710965.M20046P2137.mx,S=4542:2,S") == kind


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            "Ann wrote:\n> One line that\n> goes on.\n>\n> Two.\n\nMine.",
            "<p>Ann wrote:</p><blockquote><p>One line that goes on.</p><p>Two.</p></blockquote><p>Mine.</p>",  # noqa: E501
        ),
        (
            "> > Deep\n> Less\nMine",
            "<blockquote><blockquote><p>Deep</p></blockquote></blockquote><blockquote><p>Less</p></blockquote><p>Mine</p>",
        ),
        ("> - a\n> - b", "<blockquote><p>- a</p><p>- b</p></blockquote>"),
        (
            "Bell\n_______________________________________________\nquill-l mailing list\nq@l.example\nhttps://l.example/\n",
            "<p>Bell</p>",
        ),
        ("5 > 4", "<p>5 &gt; 4</p>"),
    ],
)
def test_what_is_quoted_is_a_quotation(text: str, html: str) -> None:
    assert mail_html(own_text(text)[0]) == html


def test_flowed_text() -> None:
    assert (
        mail_html("One line \ngoes on.\nTwo.\n\n> Quo \n> ted\n-- \nAnn", flowed=True)
        == "<p>One line goes on.</p><p>Two.</p><blockquote><p>Quo"
        " ted</p></blockquote><p>--</p><p>Ann</p>"
    )
    assert mail_html("第三 \n座桥", flowed=True, joined=True) == "<p>第三座桥</p>"


def multipart(*parts: str, kind: str = "mixed") -> bytes:
    inside = "".join(f"--x\n{p}\n" for p in parts)
    return f"{HEAD}MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=x\n\n{inside}--x--\n".encode()  # noqa: E501


PLAIN = "Content-Type: text/plain; charset=utf-8\n\n"
RICH = "Content-Type: text/html; charset=utf-8\n\n"
PDF = (
    "Content-Type: application/pdf; name=plan.pdf\nContent-Disposition: attachment;"
    " filename=plan.pdf\n\n%PDF-1.4"
)


def test_all_texts_of_a_mail_are_kept_and_what_is_not_imported_is_named() -> None:
    found = read_mail(
        multipart(
            PLAIN + TEXT, PDF, PLAIN + "The second part says more about the bell of the harbour."
        )
    )
    assert found.body == f"{TEXT}\n\nThe second part says more about the bell of the harbour.\n"
    assert found.notes == ("1 attachment of the mail not imported: `plan.pdf`",)
    forwarded = f"Content-Type: message/rfc822\n\n{HEAD}\nInner words."
    found = read_mail(multipart(PLAIN + TEXT, forwarded, PDF))
    assert found.notes == ("2 attachments of the mail not imported: a forwarded mail, `plan.pdf`",)
    assert "Inner" not in found.body


def test_of_alternatives_the_richest_one_is_read() -> None:
    found = read_mail(
        multipart(PLAIN + "Plain words of the bell.", RICH + f"<p>{TEXT}</p>", kind="alternative")
    )
    assert found.body == f"{TEXT}\n"
    found = read_mail(multipart(PLAIN + TEXT, RICH + "  ", kind="alternative"))
    assert found.body == f"{TEXT}\n"


def test_the_signature_of_the_text_that_is_read_is_reported() -> None:
    signed = f"{TEXT}\n-- \nAnn Ames\nQuay Street 4\n"
    found = read_mail(f"{HEAD}\n{signed}".encode())
    assert found.body == f"{TEXT}\n"
    assert found.notes == ("the signature is not imported: Ann Ames Quay Street 4",)
    assert found.share == 1.0
    found = read_mail(multipart(PLAIN + signed, RICH + f"<p>{TEXT}</p>", kind="alternative"))
    assert found.body == f"{TEXT}\n"
    assert not found.notes  # the HTML part, which is read, has none


def bring(tmp_path: Path, files: dict[str, bytes]) -> ImportReport:
    root = tmp_path / "site"
    (root / "content").mkdir(parents=True)
    for name, data in files.items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(data)
    return import_all(
        root,
        load_config(SITE, "site.yaml"),
        [str(tmp_path / "in"), str(tmp_path / "absent.eml")],
        ImportOptions(),
    )


def test_a_maildir_and_an_archive_of_a_list_with_one_dead_mail(tmp_path: Path) -> None:
    second = HEAD.replace("The bell", "[quay-l] Re: The crane")
    box = (
        "From ann at quay.example  Thu Nov 26 18:15:00 2026\nFrom: ann at quay.example (Ann"
        " Ames)\nDate: Fri, 27 Nov 2026 09:00:00 +0000\nSubject: [quay-l] The mole\nMessage-ID:"
        f" <1@quay.example>\n\n> The mole\n> is old.\n\n{TEXT}\n\nFrom x at y.example  Thu Nov 26"
        " 18:16:00 2026\nContent-Type: multipart/mixed; boundary=\n\n\n\nFrom bo at quay.example "
        " Thu Nov 26 18:17:00 2026\nFrom: bo at quay.example (Bo Berg)\nDate: Fri, 27 Nov 2026"
        f" 10:00:00 +0000\nSubject: The quay\nMessage-ID: <2@quay.example>\n\n{TEXT}\n"
    )
    report = bring(
        tmp_path,
        {
            "cur/1.M2P1.mx:2,S": f"{DELIVERED}{HEAD}\n{TEXT}\n".encode(),
            "new/2.M3P1.mx": f"{second}\n{TEXT} It was the crane.\n".encode(),
            "dovecot-uidlist": b"3 V1 N2 G1\n1 :1.M2P1.mx\n",
            "2026-November.txt": box.encode(),
        },
    )
    made = {i.title: i for i in report.items if i.outcome == "created"}
    assert set(made) == {"The bell", "The crane", "The mole", "The quay"}
    mole = (tmp_path / "site" / made["The mole"].path).read_text()
    assert "  - Ann Ames\n" in mole
    assert "name: quay.example" in mole
    assert "\n> The mole is old.\n" in mole
    rest = {(i.outcome, i.title) for i in report.items if i.outcome != "created"}
    assert rest == {("quarantined", ""), ("skipped", "dovecot-uidlist"), ("failed", "")}
