"""The signature of a mail in HTML."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.mail_signatures import without_signatures

TEXT = "<p>The ferry is back.</p>"


@pytest.mark.parametrize(
    "signature",
    [
        '<div class="gmail_signature">Ann Ames<br>Quay News</div>',
        '<div class="moz-signature">-- <br>Ann Ames Quay News</div>',
        '<pre class="moz-signature" cols="72">-- \nAnn Ames\nQuay News</pre>',
        '<div id="AppleMailSignature">Ann Ames Quay News</div>',
        '<div id="Signature"><p>Ann Ames</p> <p>Quay News</p></div>',
        '<div class="protonmail_signature_block"><p class="signature">Ann Ames Quay News</p></div>',
    ],
)
@pytest.mark.parametrize("behind", ["", '<blockquote class="gmail_quote">What of it?</blockquote>'])
def test_a_signature_below_the_text(signature: str, behind: str) -> None:
    found = without_signatures(TEXT + signature + behind)
    assert found.signatures == ("Ann Ames Quay News",)
    assert "Ann" not in found.html
    assert TEXT in found.html
    assert ("What of it?" in found.html) == bool(behind)


@pytest.mark.parametrize(
    "html",
    [
        TEXT,
        '<div class="signature">By Ann Ames</div>' + TEXT,  # above the text
        '<div class="signature">Ann Ames</div>',  # nothing else
        TEXT + '<div class="signature">' + "word " * 90 + "</div>",
        "<p>The signature of the treaty is late.</p>",
    ],
)
def test_what_may_be_text_stays(html: str) -> None:
    assert without_signatures(html) == (html, ())
