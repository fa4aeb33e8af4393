"""A letter, and the record of what became of it."""

from __future__ import annotations

from pathlib import Path

from sitegen.send.model import Mailing
from sitegen.send.record import Event, Step, write_event
from sitegen.send.run import Write

NOW = "2026-11-27T12:05:00+00:00"
RECORD = "content/_sent/friday/2026-w48.jsonl"
HTML = (
    "<!DOCTYPE html><html><head><title>T</title></head><body><h1>Ferries</h1>"
    "<p>{{ 7 }} and {% if %} and *|FNAME|*</p>"
    "<p><!-- unsubscribe: Abbestellen &amp; Ende --></p></body></html>"
)
LETTER = Mailing(
    key="friday/2026-w48",
    subject="The Friday: Ferries {{ 7 }}",
    html=HTML,
    text="Ferries\n\n{{ 7 }} and *|FNAME|*\n",
    page="https://digest.press/edition/friday/2026-w48/",
    sender="The Friday <letter@digest.press>",
    language="de",
    unsubscribe="Abbestellen &amp; Ende",
)


def writer(root: Path, target: str = "mail") -> Write:
    """The function that adds to the record in ``root``."""

    def write(step: Step, parcel: str, id: str, note: str) -> None:
        write_event(root, RECORD, Event(NOW, target, step, parcel, id, note))

    return write
