"""The rules of `sitegen check`: their names, the level each has unless site.yaml says otherwise,
and a line about each."""

from __future__ import annotations

from typing import Literal

from sitegen.base.diagnostics import Level

RuleLevel = Literal["error", "warning", "note", "off"]

RULES: dict[str, tuple[Level, str]] = {
    "link": ("error", "a link or image inside the site has no target"),
    "anchor": ("warning", "a link names an anchor that its page does not have"),
    "link-moved": ("note", "a link leads to an old URL, or to the article's file (--fix)"),
    "link-external": ("warning", "a link to another site is broken (--external)"),
    "link-redirect": ("note", "a link to another site has moved for good (--external)"),
    "author-unknown": ("note", "an own article's author is not among `authors` in site.yaml"),
    "author-similar": ("warning", "two authors have nearly the same name"),
    "author-alias": ("note", "an author is written by an alias (--fix)"),
    "author-missing": ("note", "an article has a source and no author"),
    "image-alt": ("warning", "an image has no alternative text"),
    "image-credit": ("warning", "the maker of an image is not named"),
    "source-missing": ("warning", "an article comes from elsewhere and names no source"),
    "source-unknown": ("note", "a source is not among `sources` in site.yaml"),
    "rights-missing": (
        "warning",
        "articles of a source are shown in full without a permission",
    ),
    "rights-breach": ("warning", "an article shows more than `sources` in site.yaml allows"),
    "duplicate-id": ("error", "two articles have the same `id`"),
    "duplicate-url": ("warning", "two articles have the same original URL"),
    "duplicate-title": ("warning", "two articles of one day have the same title"),
    "duplicate-text": ("warning", "two articles have the same text"),
    "spun": ("warning", "a machine seems to have put synonyms into a text"),
    "unsure": ("note", "import was not sure of a field of an article"),
    "title-long": ("warning", "a title is longer than 110 characters"),
    "text-missing": ("warning", "an article has no text"),
    "date-order": ("warning", "dates of an article contradict each other"),
    "translation-unknown": ("warning", "an article translates one that does not exist"),
    "orphan": ("warning", "no other page leads to a page"),
    "media-unused": ("note", "no article shows a file in the content folder, or links to it"),
    "feed": (
        "error",
        "a feed cannot be read, lacks something, or holds a URL that is not absolute",
    ),
    "email-size": (
        "warning",
        "an edition's e-mail is cut off by mail programs, or has no room for all articles",
    ),
    "structured-data": ("error", "an article's structured data cannot be read or lacks something"),
    "security-txt": ("warning", "security.txt has expired, or does so within the next days"),
    "address-lost": ("warning", "a URL that was published leads nowhere"),
    "due": ("note", "an article appears within the next days"),
    "expiring": ("note", "an article expires within the next days"),
}
