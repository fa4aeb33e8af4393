"""What `podcast` in site.yaml may say. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.base.diagnostics import nearest_hint
from sitegen.base.validation import Misfit
from sitegen.config.schema import FEED_KINDS, TOPIC, Config

_PARTS = {
    "Arts": "Books|Design|Fashion & Beauty|Food|Performing Arts|Visual Arts",
    "Business": "Careers|Entrepreneurship|Investing|Management|Marketing|Non-Profit",
    "Comedy": "Comedy Interviews|Improv|Stand-Up",
    "Education": "Courses|How To|Language Learning|Self-Improvement",
    "Fiction": "Comedy Fiction|Drama|Science Fiction",
    "Government": "",
    "History": "",
    "Health & Fitness": ("Alternative Health|Fitness|Medicine|Mental Health|Nutrition|Sexuality"),
    "Kids & Family": "Education for Kids|Parenting|Pets & Animals|Stories for Kids",
    "Leisure": (
        "Animation & Manga|Automotive|Aviation|Crafts|Games|Hobbies|Home & Garden|Video Games"
    ),
    "Music": "Music Commentary|Music History|Music Interviews",
    "News": (
        "Business News|Daily News|Entertainment News|News Commentary|Politics|Sports News|Tech News"
    ),
    "Religion & Spirituality": (
        "Buddhism|Christianity|Hinduism|Islam|Judaism|Religion|Spirituality"
    ),
    "Science": (
        "Astronomy|Chemistry|Earth Sciences|Life Sciences|Mathematics|Natural Sciences|Nature"
        "|Physics|Social Sciences"
    ),
    "Society & Culture": ("Documentary|Personal Journals|Philosophy|Places & Travel|Relationships"),
    "Sports": (
        "Baseball|Basketball|Cricket|Fantasy Sports|Football|Golf|Hockey|Rugby|Running|Soccer"
        "|Swimming|Tennis|Volleyball|Wilderness|Wrestling"
    ),
    "Technology": "",
    "True Crime": "",
    "TV & Film": "After Shows|Film History|Film Interviews|Film Reviews|TV Reviews",
}
# Source: https://podcasters.apple.com/support/1691-apple-podcasts-categories
CATEGORIES = tuple(
    name
    for whole, parts in _PARTS.items()
    for name in (whole, *(f"{whole} > {part}" for part in parts.split("|") if part))
)


def broken_podcast(config: Config) -> Iterator[Misfit]:
    """What is wrong with the podcast of a site."""
    if config.podcast is None:
        return
    category = config.podcast.category
    if category not in CATEGORIES:
        hint = nearest_hint(category, CATEGORIES, "write one of Apple's, such as `News`")
        message = f"`podcast.category`: unknown category `{category}`"
        yield Misfit(("podcast", "category"), message, hint)
    known = (*FEED_KINDS[:-1], *([TOPIC] if config.topics else []), *config.taxonomies)
    for kind in config.podcast.feeds:
        if kind not in known:
            message = f"`podcast.feeds`: unknown kind `{kind}`"
            yield Misfit(("podcast", "feeds", kind), message, f"use {', '.join(known)}")
