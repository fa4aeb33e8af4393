"""Lists of feeds."""

from __future__ import annotations

from sitegen.importer.formats.opml import read_opml, suggestion
from sitegen.importer.formats.safe_xml import read_xml
from sitegen.importer.model import FeedOutline

OPML = b"""<?xml version="1.0"?><opml version="2.0"><body><outline text="Coast">
<outline text="Tide" xmlUrl="https://tide.example/feed" htmlUrl="https://tide.example/"/>
<outline title="Weir" text="x" XMLURL="https://weir.example/feed"/></outline>
<outline text="Tide again" xmlurl="https://tide.example/feed"/>
<outline text="Bad" xmlUrl="javascript:x()"/></body></opml>"""


def test_each_feed_is_listed_once_with_its_folder() -> None:
    assert read_opml(read_xml(OPML)) == [
        FeedOutline("Tide", "https://tide.example/feed", "https://tide.example/", "Coast"),
        FeedOutline("Weir", "https://weir.example/feed", "", "Coast"),
    ]


def test_feeds_as_sources_have_keys_of_their_own() -> None:
    feeds = [FeedOutline("Tide", f"https://{n}.example/feed") for n in ("a", "b")]
    rows = suggestion(feeds, taken=["tide"]).splitlines()
    assert [r.strip() for r in rows if r.endswith(":")] == ["sources:", "tide-2:", "tide-3:"]
    assert suggestion([]) == ""
