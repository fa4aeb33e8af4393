"""The quick starts, carried out as they are written; with SITEGEN_BIN by the sitegen of another
environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.send.servers import mail_server
from tests.transcripts import carry_out

ROOT = Path(__file__).parent.parent.parent
QUICK_STARTS = sorted((ROOT / "docs").glob("quick-start-*.md"))


@pytest.mark.parametrize("path", QUICK_STARTS, ids=lambda path: path.stem)
def test_a_quick_start_does_what_it_says(path: Path, tmp_path: Path) -> None:
    with mail_server() as box:
        text = path.read_text("utf-8").replace("port: 1025", f"port: {box.port}")
        assert carry_out(text, tmp_path) >= 5
    assert bool(box.mails) is ("sitegen send" in text)
