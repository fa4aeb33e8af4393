"""The letter of an edition, and its place for a link to unsubscribe."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.base.diagnostics import SitegenError
from sitegen.send.letter import body_of, guarded, read_letter, with_link, without_link
from tests.send.samples import HTML, LETTER


def test_a_letter_is_read_from_the_message_of_the_build(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"] = LETTER.subject
    mail["From"] = LETTER.sender
    mail["Archived-At"] = f"<{LETTER.page}>"
    mail.set_content(LETTER.text)
    mail.add_alternative(HTML + "\n", subtype="html")
    mail["Content-Language"] = "de"
    path = tmp_path / "email.eml"
    path.write_bytes(mail.as_bytes())
    assert read_letter(path, "email.eml", LETTER.key) == replace(LETTER, html=HTML + "\n")


def test_an_edition_without_e_mail(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="has no e-mail"):
        read_letter(tmp_path / "email.eml", "email.eml", "2026-w48")
    (tmp_path / "email.eml").write_text("Subject: x\n\nText only\n")
    with pytest.raises(SitegenError, match="is not a letter"):
        read_letter(tmp_path / "email.eml", "email.eml", "2026-w48")


def test_the_link_is_put_where_the_template_has_a_place() -> None:
    made = with_link(LETTER, "https://x.example/?a=1&amp;b=2", "https://x.example/?a=1&b=2")
    link = '<a href="https://x.example/?a=1&amp;b=2">Abbestellen &amp; Ende</a>'
    assert f"<p>{link}</p></body>" in made.html
    assert made.text.endswith("\n\nAbbestellen & Ende: https://x.example/?a=1&b=2\n")
    own = with_link(replace(LETTER, html="<html><BODY>Mine</BODY></html>"), "*|UNSUB|*")
    assert own.html == (
        '<html><BODY>Mine<p><a href="*|UNSUB|*">Abbestellen &amp; Ende</a></p></BODY></html>'
    )
    assert "unsubscribe" not in without_link(LETTER).html


def test_no_template_language_finds_anything() -> None:
    assert guarded("{{ a }} {% b %} *|C|*", ["{{", "{%"]) == "&#123;{ a }} &#123;% b %} *|C|*"
    assert guarded("{{{ a", ["{{"]).count("{{") == 0


def test_the_body_of_a_page() -> None:
    assert body_of('<html><body class="x">\n<p>A</p>\n</body></html>') == "<p>A</p>"
    assert body_of("<p>A</p>") == "<p>A</p>"
