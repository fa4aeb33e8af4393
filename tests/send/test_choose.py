"""Which edition a person means, and where it goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.send import ButtondownSend
from sitegen.engine.editions import read_editions
from sitegen.model.site import Edition
from sitegen.send.choose import chosen_edition, targets_of
from sitegen.send.record import Event, record_path, write_done
from tests.samples import config

NOW = "2026-11-27T12:05:00+00:00"
EDITION = Edition("friday/2026-w48", 1, "F", "/x/", "2026-11-20", (), series="friday")
SEND = {"all": ButtondownSend(), "friday": ButtondownSend(series=("friday",)),
        "daily": ButtondownSend(series=("daily",))}  # fmt: skip


def test_the_targets_of_an_edition() -> None:
    settings = config(send=SEND)
    assert list(targets_of(settings, EDITION, "")) == ["all", "friday"]
    assert list(targets_of(settings, EDITION, "all")) == ["all"]
    with pytest.raises(SitegenError, match="no target `fridya`"):
        targets_of(settings, EDITION, "fridya")
    with pytest.raises(SitegenError, match="no target takes"):
        targets_of(settings, EDITION, "daily")


@pytest.mark.slow
def test_the_edition_that_waits(site: Path) -> None:
    given = read_editions(site, NOW)
    for series, key in (("", ""), ("friday", ""), ("friday/2026-w48", ""), ("Friday", "2026-W48")):
        found = chosen_edition(site, given, series, key)
        assert found
        assert found.key == "friday/2026-w48"
    assert chosen_edition(site, given, "daily", "") is None
    trial = chosen_edition(site, given, "daily", "", trial=True)
    assert trial
    assert trial.key == "daily/2026-11-24"
    path = record_path("content", "friday/2026-w48")
    (site / "content/_sent/friday").mkdir(parents=True)
    write_done(site, path, Event(NOW, "mail", "done"))
    assert chosen_edition(site, given, "", "") is None
