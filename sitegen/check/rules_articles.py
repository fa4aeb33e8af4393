"""Rules on one article: images, source, rights, title, text, dates."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import unquote, urlsplit

from sitegen.base.dates import read_date
from sitegen.base.diagnostics import nearest_hint
from sitegen.base.urls import originals, site_of
from sitegen.check.model import Facts, Finding
from sitegen.config.schema import Config
from sitegen.model.article import Document, Image

MAX_TITLE = 110  # developers.google.com/search/docs/appearance/structured-data/article
SHORT = 3  # words up to which two bodies may be equal by chance
_CREDIT_HELP = "add `credit:` or `creator:` to `image`, or `credits: [{role: photo, name: …}]`"
_IMAGE_ROLES = (
    "photo",
    "picture",
    "image",
    "illustration",
    "graphic",
    "foto",
    "bild",
    "drawing",
    "map",
    "chart",
)


def image_alt(facts: Facts) -> Iterator[Finding]:
    """Images without an alternative text, or whose alternative text is the file name."""
    for document in facts.shown:
        if document.image and (fault := _bad_alt(document.image.src, document.image.alt)):
            hint = "say what it shows: `image: {src: …, alt: …}`"
            yield Finding(
                "image-alt",
                f"the image `{document.image.src}` {fault}",
                document.path,
                "image",
                help=hint,
            )
        for src, alt in facts.texts[document.path].images if document.path in facts.texts else ():
            if fault := _bad_alt(src, alt):
                hint = "say what it shows: `![A crane at dusk](crane.jpg)`"
                yield Finding(
                    "image-alt",
                    f"the image `{src}` {fault}",
                    document.path,
                    "",
                    src.rsplit("/", 1)[-1],
                    hint,
                )


def _bad_alt(src: str, alt: str) -> str:
    if not alt.strip():
        return "has no alternative text"
    return (
        "has its file name as alternative text"
        if alt.strip() == unquote(src).rsplit("/", 1)[-1]
        else ""
    )


def image_credit(facts: Facts) -> Iterator[Finding]:
    """Images whose creator is named neither in front matter nor in the file, each once."""
    done = _credited(facts)
    uncredited = [document for document in facts.shown if not _names_photographer(document)]
    for document in uncredited:
        for src, key in _images(document, facts):
            if src not in done:
                done.add(src)
                yield Finding(
                    "image-credit",
                    f"nothing says who made `{src}`",
                    document.path,
                    key,
                    src.rsplit("/", 1)[-1],
                    _CREDIT_HELP,
                )


def _credited(facts: Facts) -> set[str]:
    """The images that have a credit, in the front matter of some article or in their file."""
    in_articles = {d.image.src for d in facts.documents if d.image and _has_credit(d.image)}
    in_files = {url for url, credit in facts.credits.items() if credit}
    return in_articles | in_files


def _names_photographer(document: Document) -> bool:
    roles = [person.role.lower() for person in document.credits]
    return any(word in role for role in roles for word in _IMAGE_ROLES)


def _images(document: Document, facts: Facts) -> Iterator[tuple[str, str]]:
    if document.image:
        yield document.image.src, "image"
    for src, _ in facts.texts[document.path].images if document.path in facts.texts else ():
        yield src, ""


def _has_credit(image: Image) -> bool:
    return bool(image.credit or image.creator or image.copyright)


def source_missing(facts: Facts) -> Iterator[Finding]:
    """Articles that come from elsewhere, as they say, and name no source."""
    own = urlsplit(facts.config.base_url).hostname
    for document in facts.articles:
        if document.source.name or document.source.url:
            continue
        origin = _imported_from(document)
        if document.canonical and urlsplit(document.canonical).hostname not in (None, own):
            message, key = (
                f"its original is at `{document.canonical}`, and no source is named",
                "canonical",
            )
        elif origin:
            message, key = f"it was imported from `{origin}`, and no source is named", "extra"
        elif document.rights.show != "full" or document.rights.holder:
            message, key = "somebody else holds its rights, and no source is named", "rights"
        else:
            continue
        yield Finding(
            "source-missing", message, document.path, key, help="add `source: {name: …, url: …}`"
        )


def _imported_from(document: Document) -> str:
    entry = document.extra.get("import")
    origin = entry.get("from") if isinstance(entry, dict) else ""
    return origin if isinstance(origin, str) and origin.startswith(("http://", "https://")) else ""


def source_unknown(facts: Facts) -> Iterator[Finding]:
    """Sources that site.yaml does not list, each once, where it lists any."""
    known = {s.name for s in facts.config.sources.values()}
    first: dict[str, Document] = {}
    for document in facts.articles if known else ():
        if document.source.name and document.source.name not in known:
            first.setdefault(document.source.name, document)
    for name, document in first.items():
        other = "add it below `sources:`, with the rights that its articles have"
        hint = nearest_hint(name, known, other)
        yield Finding(
            "source-unknown",
            f"`{name}` is not among `sources` in site.yaml",
            document.path,
            "source",
            name,
            hint,
        )


def _has_rights(document: Document) -> bool:
    """Whether an article needs no permission to be shown as it is, or says who gave it."""
    rights, source = document.rights, document.source
    if rights.show != "full" or not (source.name or source.url):
        return True
    return bool(rights.license or rights.notice or rights.holder or source.license)


def rights_missing(facts: Facts) -> Iterator[Finding]:
    """Sources whose articles are shown in full though nothing says that they may be, each once;
    what the site itself published needs no permission."""
    home = site_of(facts.config.base_url)
    listed = {facts.config.title, *(s.name for s in facts.config.sources.values())}
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in facts.articles:
        source = document.source
        is_known = source.name in listed or site_of(source.url) == home
        if not (is_known or _has_rights(document)):
            groups[source.name or urlsplit(source.url).hostname or source.url].append(document)
    for name, documents in groups.items():
        count = (
            f"{len(documents)} articles of `{name}` are"
            if len(documents) > 1
            else f"an article of `{name}` is"
        )
        hint = "list the source below `sources:` with its rights, or give the article `rights`"
        yield Finding(
            "rights-missing",
            f"{count} shown in full, and nothing says that it may be",
            documents[0].path,
            "source",
            help=hint,
        )


def rights_breach(facts: Facts) -> Iterator[Finding]:
    """Articles that show more than the entry of their source in site.yaml allows."""
    order = ("link", "excerpt", "full")
    allowed = {s.name: s.rights for s in facts.config.sources.values() if s.rights in order}
    for document in facts.articles:
        most = allowed.get(document.source.name, "full")
        if order.index(document.rights.show) > order.index(most):
            message = (
                f"shows `{document.rights.show}`, and `{document.source.name}` allows `{most}`"
            )
            hint = f"set `rights: {{show: {most}}}`, or correct `sources:` in site.yaml"
            yield Finding("rights-breach", message, document.path, "rights", help=hint)


def title_long(facts: Facts) -> Iterator[Finding]:
    """Titles that search engines cut."""
    for document in facts.shown:
        if len(document.title) > MAX_TITLE:
            message = (
                f"the title has {len(document.title)} characters; search engines show {MAX_TITLE}"
            )
            yield Finding(
                "title-long", message, document.path, "title", help="move a part of it to `dek`"
            )


def text_missing(facts: Facts) -> Iterator[Finding]:
    """Articles without a word or an image, unless they are only links."""
    for document in facts.shown:
        if not document.words and not document.assets and document.rights.show != "link":
            yield Finding(
                "text-missing",
                "the article has no text",
                document.path,
                help="write it, or set `rights: {show: link}`",
            )


def unsure(facts: Facts) -> Iterator[Finding]:
    """Articles with fields that the importer chose with little confidence."""
    for document in facts.shown:
        quality = document.extra.get("quality")
        fields = quality.get("unsure") if isinstance(quality, dict) else None
        if isinstance(fields, dict) and fields:
            named = ", ".join(f"`{name}`" for name in fields)
            yield Finding(
                "unsure",
                f"import was not sure of {named}",
                document.path,
                "extra",
                help="compare with the source; then remove `unsure` below `extra.quality`",
            )


def spun(facts: Facts) -> Iterator[Finding]:
    """Articles that the importer judged to be rewritten by a machine."""
    for document in facts.shown:
        quality = document.extra.get("quality")
        score = quality.get("spun") if isinstance(quality, dict) else None
        if not score:
            continue
        words = quality.get("spun_words") if isinstance(quality, dict) else None
        such = (
            ": " + ", ".join(f"`{w}`" for w in words[:4])
            if isinstance(words, list) and words
            else ""
        )
        hint = "look up the original; if the text is in order, remove `quality` below `extra`"
        yield Finding(
            "spun",
            f"reads as if a machine had replaced words with synonyms{such}",
            document.path,
            "extra",
            help=hint,
        )


def date_order(facts: Facts) -> Iterator[Finding]:
    """Dates that contradict each other."""
    for d in facts.articles:
        updated = _stamp(d.updated, facts.config)
        if d.updated and updated < d.stamp and d.updated[:10] != d.date[:10]:
            yield Finding(
                "date-order",
                f"was updated on {d.updated[:10]}, before its date {d.date[:10]}",
                d.path,
                "updated",
            )
        if d.expires_stamp and d.expires_stamp <= max(d.stamp, d.publish_stamp):
            yield Finding(
                "date-order",
                f"expires at {d.expires_at}, before it appears",
                d.path,
                "expires_at",
                help="it is never shown",
            )
        for correction in d.corrections:
            if correction.date[:10] < d.date[:10]:
                message = f"was corrected on {correction.date[:10]}, before its date {d.date[:10]}"
                yield Finding("date-order", message, d.path, "corrections")


def _stamp(value: str, config: Config) -> float:
    return read_date(value, config.zone)[1] if value else 0.0


def due(facts: Facts) -> Iterator[Finding]:
    """What appears within the next days."""
    for d in facts.shown:
        appears = max(d.stamp, d.publish_stamp)
        if facts.now < appears <= facts.now + facts.days * 86_400:
            key = "publish_at" if d.publish_stamp >= d.stamp and d.publish_at else "date"
            yield Finding("due", f"appears at {_when(appears, facts.config)}", d.path, key)


def expiring(facts: Facts) -> Iterator[Finding]:
    """What expires within the next days."""
    for d in facts.shown:
        if facts.now < d.expires_stamp <= facts.now + facts.days * 86_400:
            yield Finding(
                "expiring",
                f"expires at {_when(d.expires_stamp, facts.config)}",
                d.path,
                "expires_at",
            )


def _when(stamp: float, config: Config) -> str:
    return datetime.fromtimestamp(stamp, config.zone).isoformat(" ", "minutes")


def duplicate_id(facts: Facts) -> Iterator[Finding]:
    """Articles with one id, which feeds and readers take for one article."""
    yield from _twice(
        facts,
        "duplicate-id",
        "id",
        lambda d: d.id,
        "has the same `id` as",
        "an id never names two articles",
    )


def duplicate_url(facts: Facts) -> Iterator[Finding]:
    """Articles that come from one original; translations of it may. A front page is none."""
    hint = "remove one of the two, or correct the URL"

    def mark(d: Document) -> str:
        url = d.canonical or d.source.url
        return url if originals(url) and not d.translation_of else ""

    yield from _twice(facts, "duplicate-url", "source", mark, "has the same original URL as", hint)


def duplicate_title(facts: Facts) -> Iterator[Finding]:
    """Articles of one day with one title, except those that `duplicate-text` reports."""
    bodies = Counter((d.body_digest, d.title) for d in facts.articles)

    def mark(d: Document) -> str:
        reported = bodies[d.body_digest, d.title] > 1 and d.words > SHORT
        return (
            ""
            if reported or d.translation_of or d.kind == "page"
            else f"{d.date[:10]} {' '.join(d.title.casefold().split())}"
        )

    yield from _twice(
        facts,
        "duplicate-title",
        "title",
        mark,
        "has the same title and day as",
        "remove one of the two, or change a title",
    )


def duplicate_text(facts: Facts) -> Iterator[Finding]:
    """Articles with the same body."""
    hint = "remove one of the two"
    yield from _twice(
        facts,
        "duplicate-text",
        "",
        lambda d: d.body_digest if d.words > SHORT else "",
        "has the same text as",
        hint,
    )


def _twice(
    facts: Facts, rule: str, key: str, mark: Callable[[Document], str], what: str, hint: str
) -> Iterator[Finding]:
    """A finding at each article with the mark of an earlier one; an empty mark matches nothing."""
    first: dict[str, Document] = {}
    for document in facts.shown:
        value = mark(document)
        other = first.setdefault(value, document) if value else document
        if other is not document:
            yield Finding(rule, f"{what} {other.path}", document.path, key, help=hint)
