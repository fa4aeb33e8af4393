"""What stands around the text of a letter."""

from __future__ import annotations

import pytest

from sitegen.importer.formats.mail_furniture import letter_text, mail_byline, mail_furniture

TEXT = "The ferry is back, and nobody has asked where it was."


@pytest.mark.parametrize(
    ("blocks", "names", "number"),
    [
        (["Ferry returns", "By Ann Ames", "Text."], ["Ann Ames"], 1),
        (["Ferry returns", "Text by the river."], [], -1),
        ([], [], -1),
    ],
)
def test_the_byline_of_a_mail(blocks: list[str], names: list[str], number: int) -> None:
    people, at = mail_byline(blocks)
    assert ([p.name for p in people], at) == (names, number)


@pytest.mark.parametrize(
    "block",
    [
        "[View this email in your browser](https://t.example/v)",
        "[Im Browser ansehen](https://t.example/v)",
        "[Voir cet e-mail dans le navigateur](https://t.example/v)",
        "[Ver en el navegador](https://t.example/v)",
        "[Открыть в браузере](https://t.example/v)",
        "[ブラウザで表示](https://t.example/v)",
        "Unsubscribe",
        "[Abmelden](https://t.example/u) · [Impressum](https://t.example/i)",
        "[Se désinscrire](https://t.example/u)",
        "[Cancelar inscrição](https://t.example/u)",
        "[Uitschrijven](https://t.example/u)",
        "[Wypisz się](https://t.example/u)",
        "[Leiratkozás](https://t.example/u)",
        "[Отписаться](https://t.example/u)",
        "[退订](https://t.example/u)",
        "[수신 거부](https://t.example/u)",
        "[إلغاء الاشتراك](https://t.example/u)",
        "You are receiving this because you signed up on our site.",
        "Recibes este correo porque te suscribiste.",
        "このメールは登録された方に配信しています。",
    ],
)
def test_what_speaks_of_the_subscription_is_no_text(block: str) -> None:
    assert letter_text((TEXT, block)).blocks == (TEXT,)


@pytest.mark.parametrize(
    "block",
    [
        "The council told its officers to unsubscribe from the service of the port at once.",
        "Wer den Dienst nicht braucht, kann ihn abbestellen, sagt die Hafenmeisterin.",
        "The map opens in your browser, and [shows every ring](https://t.example/m).",
        TEXT,
    ],
)
def test_sentences_that_speak_of_it_are_text(block: str) -> None:
    assert letter_text((TEXT, block)).blocks == (TEXT, block)


@pytest.mark.parametrize(
    ("below", "signatures"),
    [
        (("--", "Ann Ames", "Quay News"), ("Ann Ames Quay News",)),
        (("Sent from my iPhone",), ("Sent from my iPhone",)),
        (("Von meinem iPhone gesendet",), ("Von meinem iPhone gesendet",)),
        (("iPhoneから送信",), ("iPhoneから送信",)),
        (("--", "Ann Ames", "Sent from my iPad"), ("Ann Ames", "Sent from my iPad")),
        (("--",), ()),
    ],
)
def test_signatures(below: tuple[str, ...], signatures: tuple[str, ...]) -> None:
    assert letter_text((TEXT, *below)) == ((TEXT,), signatures)


@pytest.mark.parametrize(
    "below",
    [
        ("--", "> What of the bell?"),
        ("--", "## The crane", "It is 40 metres high."),
        ("--", *["A long text goes on below."] * 20),
        ("The company sent an iPhone to each of the nine keepers, who had not asked for one.",),
    ],
)
def test_no_signatures(below: tuple[str, ...]) -> None:
    assert letter_text((TEXT, *below)) == ((TEXT, *below), ())


def test_the_kinds_of_furniture() -> None:
    assert mail_furniture("Unsubscribe") == "subscription"
    assert mail_furniture("© Quay News") == "imprint"
    assert mail_furniture(TEXT) == ""
