"""An imported article as a Markdown file with front matter in the order of docs/front-matter.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from sitegen.base.secrets import text_without_secrets, values_without_secrets
from sitegen.base.text import safe_link, slugify
from sitegen.base.yaml import scalar
from sitegen.content.seal import seal
from sitegen.importer.fields.text import clean_inline, word_set
from sitegen.importer.model import CONFIDENT, Imported
from sitegen.model.article import Image, Person

# Plain (unquoted) where YAML 1.1 and 1.2 readers agree that it is this very text.
_PLAIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ][\w .'’()/,;!?%+=–—„“”‘«»€$£-]*")
_KEYWORDS = word_set("true false null yes no on off y n none nan inf")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})?)?")
_IMAGE_KEYS = ("src", "alt", "caption", "creator", "credit", "copyright", "license")


def to_markdown(
    item: Imported,
    *,
    origin: str = "",
    key: str = "",
    status: str = "",
    section: str = "",
    quarantine: str = "",
    stem: str = "",
) -> str:
    """The text of the article's file.

    ``origin`` and ``key`` (the article's identity) go to ``extra.import``, with a digest of what is
    written here, by which a later import sees whether a person has edited the file. ``quarantine``
    is why the item could not be read with confidence. ``stem`` is the slug that the file's name
    has.
    """
    rows: list[str] = ["---"]
    if key:
        rows.append(f"id: import-{key}")
    _text(rows, "title", item.title or "Untitled")
    if item.kind == "page":
        rows.append("kind: page")
    _text(rows, "dek", item.dek)
    _people(rows, "authors", item.authors)
    _people(rows, "credits", item.credits)
    _text(rows, "date", item.date)
    for name in ("updated", "publish_at", "expires_at"):
        _text(rows, name, getattr(item, name))
    _text(rows, "status", status)
    _text(rows, "section", section)
    _list(rows, "tags", item.tags)
    _text(rows, "summary", item.summary)
    _text(rows, "dateline", item.dateline)
    _image(rows, item.image)
    source = [
        ("name", item.source.name),
        ("url", _link(item.source.url)),
        ("license", item.source.license),
    ]
    _mapping(rows, "source", source)
    _text(rows, "canonical", _link(item.canonical))
    _standing(rows, item, stem)
    _text(rows, "lang", item.lang)
    _text(rows, "translation_of", item.translation_of)
    _extra(rows, item, origin, key, quarantine)
    text = "\n".join(rows) + "\n---\n\n" + text_without_secrets(item.body)
    return seal(text)


def _standing(rows: list[str], item: Imported, stem: str) -> None:
    """Rights, corrections, story and edition: what only exports and other generators say."""
    rights = item.rights
    fields: list[tuple[str, Any]] = [
        ("holder", rights.holder),
        ("notice", rights.notice),
        ("license", rights.license),
    ]
    if rights.show != "full":
        fields = [
            ("show", rights.show),
            *([("words", rights.words)] if rights.show == "excerpt" else []),
            *fields,
        ]
    _mapping(rows, "rights", fields)
    if item.corrections:
        rows.append("corrections:")
        rows.extend(
            f"  - date: {quote(c.date)}\n    text: {quote(c.text)}" for c in item.corrections
        )
    _text(rows, "story", item.story)
    if len(item.edition) > 1:
        _list(rows, "edition", item.edition)
    else:
        _text(rows, "edition", "".join(item.edition))
    rows.extend(["lead: true"] if item.lead else [])
    rows.extend([f"weight: {item.weight}"] if item.weight else [])
    if item.slug and slugify(item.slug) != stem:
        rows.append(f"slug: {quote(slugify(item.slug))}")
    _list(rows, "aliases", item.aliases)


def file_name(item: Imported) -> str:
    """``<date>-<slug>.md``; without a date, the slug alone."""
    day = item.date[:10] + "-" if _ISO.fullmatch(item.date[:10]) else ""
    return f"{day}{slugify(item.slug or item.title or 'untitled')}.md"


def quote(value: str, flow: bool = False) -> str:
    """``value`` as a YAML scalar: plain where no reader can mistake it, else in double quotes."""
    text = text_without_secrets(clean_inline(value))
    plain = (
        _PLAIN.fullmatch(text) is not None
        and text.lower() not in _KEYWORDS
        and not (flow and any(c in text for c in ",[]{}"))
        and " #" not in text
        and ": " not in text
        and text == text.strip()
        and scalar(text) == text
    )
    return text if plain or _ISO.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _text(rows: list[str], name: str, value: str) -> None:
    if clean_inline(value):
        rows.append(f"{name}: {quote(value)}")


def _list(rows: list[str], name: str, values: Iterable[str]) -> None:
    written = ", ".join(quote(value, flow=True) for value in values)
    if written:
        rows.append(f"{name}: [{written}]")


def _link(url: str) -> str:
    return url if url and safe_link(url) and not url.startswith(("mailto:", "tel:")) else ""


def _people(rows: list[str], name: str, people: Iterable[Person]) -> None:
    """A person who is only a name is written as that; the others as mappings."""
    written = []
    for p in people:
        fields = [
            (k, v)
            for k, v in (("name", p.name), ("role", p.role), ("url", _link(p.url)), ("org", p.org))
            if clean_inline(v)
        ]
        if not clean_inline(p.name):
            continue
        if len(fields) == 1:
            written.append(f"  - {quote(p.name)}")
        else:
            written.append("  - " + "\n    ".join(f"{k}: {quote(v)}" for k, v in fields))
    if written:
        rows.append(f"{name}:")
        rows.extend(written)


def _image(rows: list[str], image: Image | None) -> None:
    # An image that is still at its source would make every reader's browser call there: see
    # `_extra`.
    if image is not None and _link(image.src) and not _remote(image.src):
        _mapping(rows, "image", [(k, getattr(image, k)) for k in _IMAGE_KEYS])


def _remote(url: str) -> bool:
    return url.startswith(("http:", "https:", "//"))


def _mapping(rows: list[str], name: str, fields: list[tuple[str, Any]]) -> None:
    kept = [(k, v) for k, v in fields if clean_inline(str(v))]
    if kept:
        rows.append(f"{name}:")
        rows.extend(f"  {k}: {quote(str(v))}" for k, v in kept)


def _value(value: Any) -> str:
    """Any value of another generator's front matter: JSON, which YAML reads."""
    return (
        quote(value)
        if isinstance(value, str)
        else json.dumps(values_without_secrets(value), ensure_ascii=False, default=str)
    )


def _extra(rows: list[str], item: Imported, origin: str, key: str, quarantine: str) -> None:
    extra: list[str] = []
    if quality := _quality(item):
        extra += ["  quality:", *quality]
    if item.image is not None and _remote(item.image.src) and _link(item.image.src):
        extra.append("  image_at_source:")
        extra += _fields(item.image, "    ", "    ")
    if item.left_at_source:
        extra.append("  images_at_source:")
        for image in item.left_at_source:
            extra += _fields(image, "    - ", "      ")
    extra += [
        f"  {quote(str(k), flow=True)}: {_value(v)}"
        for k, v in item.extra.items()
        if clean_inline(str(k))
    ]
    if origin or key:
        extra += [
            "  import:",
            f"    from: {quote(origin or '-')}",
            *([f"    key: {key}"] if key else []),
            "    digest: " + "0" * 32,
        ]
    if quarantine:
        extra.append(f"  quarantine: {quote(quarantine)}")
    if extra:
        rows.append("extra:")
        rows.extend(extra)


def _quality(item: Imported) -> list[str]:
    """What a person should check: words that a machine has exchanged, and fields that were chosen
    with little confidence."""
    rows: list[str] = []
    if item.spun:
        words = ", ".join(quote(word, flow=True) for word in item.spun_words)
        rows += [f"    spun: {item.spun:.2f}", f"    spun_words: [{words}]"]
    unsure = {field: c for field, c in item.confidence.items() if c < CONFIDENT}
    if unsure:
        rows.append("    unsure:")
        rows += [f"      {field}: {chance:.2f}" for field, chance in unsure.items()]
    return rows


def _fields(image: Image, first: str, others: str) -> list[str]:
    """The fields of an image that has any, as lines of YAML; ``first`` and ``others`` are what they
    begin with."""
    rows = [f"{k}: {quote(v)}" for k in _IMAGE_KEYS if clean_inline(v := getattr(image, k))]
    return [(others if number else first) + row for number, row in enumerate(rows)]
