"""The site's zone is that of every list; an article's page keeps the clock that the article was
written by."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Digest

SITE = (
    "title: T\nbase_url: https://t.example/\ntimezone: {zone}\neditions: {{kind: daily, email:"
    " true}}\n"
)
MOMENTS = [
    "2026-11-22T22:00:00-05:00",
    "2026-11-23T01:00:00+01:00",
    "2026-11-22T20:00:00-05:00",
    "2026-11-23T10:30:00+09:00",
    "2026-11-23",
]
DAYS = {
    "Europe/Berlin": {"2026-11-23": 5},
    "America/New_York": {"2026-11-22": 4, "2026-11-23": 1},
    "Pacific/Auckland": {"2026-11-23": 5},
    "Asia/Kathmandu": {"2026-11-23": 5},
}


def filled(digest: Digest, zone: str) -> Digest:
    digest.write("site.yaml", SITE.format(zone=zone))
    for number, moment in enumerate(MOMENTS):
        digest.article(f"n{number}", date=moment)
    digest.build()
    return digest


@pytest.mark.parametrize("theme", ["broadsheet", "wire", "brief", "magazine"])
def test_each_day_is_headed_once_and_in_order(digest: Digest, theme: str) -> None:
    for zone, days in DAYS.items():
        digest.write("site.yaml", SITE.format(zone=zone) + f"theme: {theme}\n")
        for number, moment in enumerate(MOMENTS):
            digest.article(f"n{number}", date=moment)
        digest.build()
        headed = re.findall(
            r'<h2 class="label[^>]*><time datetime="([^"]*)"', digest.page("world/index.html")
        )
        assert headed == sorted(days, reverse=True), zone
        for day, count in days.items():
            page = digest.page(f"archive/{day.replace('-', '/')}/index.html")
            assert page.count("h-entry") == count
        assert {name.split("/")[1] for name in digest.tree() if name.startswith("edition/")} == set(
            days
        )


def test_the_clock_of_a_list_is_that_of_the_site_and_that_of_a_page_its_own(digest: Digest) -> None:
    filled(digest, "Europe/Berlin")
    listed = digest.page("world/index.html")
    assert re.findall(
        r'<time class="dt-published" datetime="[^"]*" title="[^"]*">([^<]*)', listed
    ) == ["04:00", "02:30", "02:00", "01:00"]
    assert 'datetime="2026-11-23T02:30:00+01:00"' in listed
    page = digest.page("world/2026/11/23/n3/index.html")
    assert 'datetime="2026-11-23T10:30:00+09:00">23 November 2026, 10:30 GMT+09:00' in page
    assert "22 Nov" not in digest.page("edition/2026-11-23/email.html")
    assert "22 November" not in digest.page("edition/2026-11-23/email.txt")


def test_corrections_are_in_the_order_of_their_moments(digest: Digest) -> None:
    digest.write("site.yaml", SITE.format(zone="Europe/Berlin"))
    for name, moment in (
        ("a", "2026-11-10T23:30:00-05:00"),
        ("b", "2026-11-11T02:00:00+01:00"),
        ("c", "2026-11-11T04:00:00+00:00"),
    ):
        digest.article(name, more=f"corrections: [{{date: '{moment}', text: fixed {name}}}]")
    digest.build()
    page = digest.page("corrections/index.html")
    assert re.findall(r"fixed (\w)", page) == ["a", "c", "b"]
    assert "10 November" not in page


def test_an_id_of_a_feed_keeps_the_year_that_the_article_gives(digest: Digest) -> None:
    digest.write(
        "site.yaml", SITE.format(zone="Asia/Tokyo") + "feeds: {ids: t.example, ninjs: true}\n"
    )
    digest.article("a", date="2025-12-31T20:00:00+00:00")
    digest.build()
    assert "tag:t.example,2025:" in digest.page("feed.xml")
    assert "tag:t.example,2025:" in digest.page("world/2025/12/31/a/ninjs.json")
    assert "<published>2025-12-31T20:00:00+00:00" in digest.page("feed.xml"), (
        "a moment for machines stays as it is written"
    )
