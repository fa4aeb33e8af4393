"""Tags of languages in their one form, and the direction of what is written in them."""

from __future__ import annotations

import pytest

from sitegen.base.l10n import format_date
from sitegen.base.languages import direction, language_tag, likely_tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("pt_BR", "pt-BR"),
        ("pt-br", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("ZH_hans", "zh-Hans"),
        ("az_arab", "az-Arab"),
        ("es-419", "es-419"),
        ("de-DE-1996", "de-DE-1996"),
        ("sl-rozaj", "sl-rozaj"),
        ("de_AT.UTF-8", "de-AT"),
        ("sr@latin", "sr"),
        ("ar-u-nu-latn", "ar-u-nu-latn"),
        ("en-x-press", "en-x-press"),
        ("zh-yue", "zh-yue"),
        ("eng", "en"),
        ("ger", "de"),
        ("ckb", "ckb"),
        ("haw", "haw"),
        (" fr ", "fr"),
        ("english", ""),
        ("", ""),
        ("deutsch", ""),
        ("jp", ""),
        ("xx", ""),
        ("e", ""),
        ("en-", ""),
        ("en--US", ""),
        ("en us", ""),
        ("de/AT", ""),
        ("<b>", ""),
        ("12", ""),
        ("en-USA1x2", "en-usa1x2"),
        ("pt-BRA", "pt-bra"),
        ("ελ", ""),
    ],
)
def test_a_tag_has_one_form_and_what_is_none_has_none(written: str, tag: str) -> None:
    assert language_tag(written) == tag
    assert not tag or language_tag(tag) == tag


@pytest.mark.parametrize(
    ("written", "tag"),
    [("english", "en"), ("German", "de"), ("jp", "ja"), ("Arabic", "ar"), ("klingonese", "")],
)
def test_what_was_probably_meant(written: str, tag: str) -> None:
    assert likely_tag(written) == tag


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        ("ar", "rtl"),
        ("ar-EG", "rtl"),
        ("he", "rtl"),
        ("fa-AF", "rtl"),
        ("ur", "rtl"),
        ("yi", "rtl"),
        ("ug", "rtl"),
        ("ckb", "rtl"),
        ("dv", "rtl"),
        ("syr", "rtl"),
        ("nqo", "rtl"),
        ("ps", "rtl"),
        ("sd", "rtl"),
        ("ks", "rtl"),
        ("lrc", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("az-Arab-IR", "rtl"),
        ("az-IR", "rtl"),
        ("pa", "ltr"),
        ("pa-Arab", "rtl"),
        ("pa-PK", "rtl"),
        ("uz", "ltr"),
        ("uz-Cyrl", "ltr"),
        ("uz-Arab", "rtl"),
        ("uz-AF", "rtl"),
        ("ku", "ltr"),
        ("ku-Arab", "rtl"),
        ("ku-IQ", "rtl"),
        ("ha", "ltr"),
        ("ha-Arab", "rtl"),
        ("ff-Adlm", "rtl"),
        ("sd-Deva", "ltr"),
        ("ks-Deva", "ltr"),
        ("ar-Latn", "ltr"),
        ("he-Latn", "ltr"),
        ("en", "ltr"),
        ("en-Arab", "rtl"),
        ("zh-Hant-TW", "ltr"),
        ("kk-CN", "rtl"),
        ("ms-Arab", "rtl"),
        ("tr", "ltr"),
        ("", "ltr"),
    ],
)
def test_the_direction_is_that_of_the_script(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("tag", "shown"),
    [("de-AT-1996", "3. Mai 2026"), ("fr-x-press", "3 mai 2026"), ("pt-BR", "3 de maio de 2026")],
)
def test_dates_are_in_the_language_whatever_follows_its_tag(tag: str, shown: str) -> None:
    assert format_date("2026-05-03", "long", tag) == shown
