"""The pictures of a page at their places in its text, and which of them may be the article's
own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import itemgetter
from urllib.parse import urlsplit

from sitegen.importer.fields.text import escape_inline
from sitegen.importer.html.body import BodyPart, ShownText
from sitegen.importer.html.figures import Figure
from sitegen.model.article import Image

EARLY = 1  # a picture behind so many blocks of text is still that of the whole article


def lead_images(
    figures: list[Figure], shown: tuple[ShownText, ...], parts: list[BodyPart]
) -> tuple[Image, ...]:
    """The pictures that may be the article's own, the best first: those that the page names in its
    metadata, those above its text or behind its first paragraph, and those of which it is not known
    where they belong."""
    among = {one.mark: one.at for one in shown if one.mark}
    places = [part.at for part in parts]
    ranked = ((_rank(figure, among, places), _image(figure)) for figure in figures if figure.src)
    best = sorted((one for one in ranked if one[0] is not None), key=itemgetter(0))
    return tuple(image for _, image in best)


def _rank(figure: Figure, among: Mapping[str, int], places: Sequence[int]) -> int | None:
    """How early a picture comes among those that may be the article's own; None for one that
    belongs to a later part of its text, or to something else on the page."""
    if not figure.mark:
        return 0
    if figure.mark in among:
        is_early = bisect_left(places, among[figure.mark]) <= EARLY
        return 1 if is_early else None
    return None if figure.loose else 2


def with_links(
    parts: list[BodyPart], shown: tuple[ShownText, ...], figures: list[Figure]
) -> tuple[list[BodyPart], list[str]]:
    """(``parts`` with a link for each film, sound, post or map among them, the addresses of
    these)."""
    by_mark = {f.mark: f for f in figures if f.mark}
    first: dict[str, ShownText] = {}
    for one in shown:
        if one.link:
            first.setdefault(one.link, one)
    links = [BodyPart(_link(one, by_mark.get(one.mark)), one.at) for one in first.values()]
    return sorted([*links, *parts], key=lambda part: part.at), list(first)


def pictures_among(
    parts: list[BodyPart], shown: tuple[ShownText, ...], figures: list[Figure]
) -> tuple[tuple[int, Image], ...]:
    """The pictures among the text: how many of ``parts`` are before each, and the picture."""
    by_mark = {figure.mark: figure for figure in figures if figure.mark and figure.src}
    places = [part.at for part in parts]
    out: dict[str, tuple[int, Image]] = {}
    for one in (one for one in shown if one.mark in by_mark and not one.link):
        before = bisect_left(places, one.at)
        if before or not one.before:
            figure = by_mark[one.mark]
            out.setdefault(figure.src, (before, _image(figure)))
    return tuple(out.values())


def _link(one: ShownText, figure: Figure | None) -> str:
    """A link to what is embedded, by its own title, else by its caption, else by its host."""
    caption = figure.caption if figure is not None else ""
    label = escape_inline(
        one.label or caption or (urlsplit(one.link).hostname or "").removeprefix("www.")
    )
    safe = one.link.replace("(", "%28").replace(")", "%29")
    return f"[{label}]({safe})".replace("[[", "[").replace("]]", "]")


def _image(figure: Figure) -> Image:
    return Image(
        figure.src,
        alt=figure.alt,
        caption=figure.caption,
        creator=figure.creator,
        credit=figure.credit,
    )


__all__ = ["lead_images", "pictures_among", "with_links"]
