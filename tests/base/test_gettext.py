"""Catalogues of messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.base.gettext import Messages, catalogue_files, read_messages


def catalogue(path: Path, *pairs: tuple[str, str], head: str = "") -> Path:
    path.parent.mkdir(exist_ok=True)
    rows = (f'msgid "{one}"\nmsgstr "{other}"\n' for one, other in pairs)
    path.write_text(head + "\n".join(rows), "utf-8")
    return path


def test_a_message_without_a_translation_stays() -> None:
    say = Messages({"Latest": "Neueste"})
    assert (say("Latest"), say("Search")) == ("Neueste", "Search")


def test_the_catalogue_of_the_base_language_comes_first(tmp_path: Path) -> None:
    site, theme = tmp_path / "site", tmp_path / "theme"
    for path in (theme / "de.po", theme / "de-AT.po", site / "de-AT.po", site / "de-CH.po"):
        catalogue(path)
    found = catalogue_files("de-AT", [theme, site])
    assert found == [theme / "de.po", theme / "de-AT.po", site / "de-AT.po"]
    assert catalogue_files("fr", [theme, site]) == []


def test_a_later_catalogue_takes_precedence(tmp_path: Path) -> None:
    one = catalogue(tmp_path / "de.po", ("Latest", "Neueste"), ("Search", "Suche"))
    other = catalogue(tmp_path / "de-AT.po", ("Latest", "Aktuelle"), ("Search", ""))
    assert read_messages([one, other]) == {"Latest": "Aktuelle", "Search": "Suche"}


def test_a_fuzzy_message_is_not_used(tmp_path: Path) -> None:
    path = catalogue(tmp_path / "de.po", ("Latest", "Neueste"), head="#, fuzzy\n")
    assert read_messages([path]) == {}


@pytest.mark.parametrize("data", [b'msgid "a\n', b'msgid "a"\nmsgstr "\xe9"\n', b"nothing\n"])
def test_a_file_that_is_not_a_catalogue_is_an_error(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "de.po").write_bytes(data)
    with pytest.raises(SitegenError) as caught:
        read_messages([tmp_path / "de.po"])
    assert caught.value.diagnostics[0].code == "messages"
