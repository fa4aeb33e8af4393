"""Rules on pages: structured data, feeds, e-mail editions, unused images."""

from __future__ import annotations

import pytest

from sitegen.check import rules_pages as rules
from sitegen.check.model import Sample
from tests.check.facts import article, facts

GOOD = (
    '{"@type": "NewsArticle", "headline": "A", "datePublished": "2026-11-01", "publisher": "T",'
    ' "url": "https://t.example/a/", "author": "Ann"}'
)


def page(*scripts: str) -> Sample:
    html = "".join(f'<script type="application/ld+json">{text}</script>' for text in scripts)
    return Sample("a/index.html", "content/a.md", html.encode())


@pytest.mark.parametrize(
    ("sample", "messages"),
    [
        (page(GOOD), []),
        (page(f'{{"@graph": [{GOOD}]}}'), []),
        (page(), ["the page has no structured data; its template lacks `{{ jsonld(page) }}`"]),
        (page('{"@type": "WebSite"}'), ["the structured data describes no article"]),
        (page(GOOD.replace("headline", "x")), ["the structured data has no `headline`"]),
        (
            page(GOOD.replace("author", "x")),
            ["the structured data names neither author nor source"],
        ),
        (
            page(GOOD.replace("https://t.example", "")),
            ["the structured data has a URL that is not absolute: `/a/`"],
        ),
    ],
)
def test_structured_data(sample: Sample, messages: list[str]) -> None:
    assert rules.judge_page(sample) == messages


def test_structured_data_that_is_not_json() -> None:
    [message] = rules.judge_page(page("{"))
    assert message.startswith("the structured data cannot be read: ")


@pytest.mark.parametrize(
    ("size", "omitted", "message"),
    [
        (rules.MAX_MAIL, 0, ""),
        (rules.MAX_MAIL + 1, 0, "has 104,449 bytes; mail programs cut an e-mail off after 102 KB"),
        (1000, 1, "omits 1 article of the edition to stay below 102 KB"),
        (1000, 2, "omits 2 articles of the edition to stay below 102 KB"),
    ],
)
def test_email_size(size: int, omitted: int, message: str) -> None:
    given = facts(letters={"e/email.html": (size, omitted)})
    assert [f.message for f in rules.email_size(given)] == ([message] if message else [])


def test_feeds_and_unused_images() -> None:
    given = facts(
        article("a", assets=("/images/a.png",)),
        feeds={"feed.xml": ("the feed has no `id`",), "feed.json": ()},
        media=("content/images/a.png", "content/images/b.png"),
    )
    [feed] = rules.feed(given)
    assert (feed.path, feed.message) == ("output/feed.xml", "The feed has no `id`")
    assert [f.path for f in rules.media_unused(given)] == ["content/images/b.png"]


@pytest.mark.parametrize(
    ("expires", "found"),
    [
        ("2026-10-30", True),
        ("2026-11-03", True),
        ("2026-11-03T12:00:00Z", True),
        ("2027-06-01", False),
    ],
)
def test_a_security_txt_that_expires(expires: str, found: bool) -> None:
    settings = f"security: {{contact: ['mailto:a@t.example'], expires: '{expires}'}}\n"
    assert bool(list(rules.security_txt(facts(site=settings)))) is found
    assert list(rules.security_txt(facts())) == []
