"""What may be shown of an article: by its rights, and once it has been withdrawn.

Every sink asks here. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import Any

import msgspec

from sitegen.base.diagnostics import did_you_mean, nearest
from sitegen.base.text import excerpt, plain
from sitegen.model.article import Document, Show

SHOWS: tuple[Show, ...] = ("full", "excerpt", "link")
KEYS = ("show", "words", "holder", "notice", "license")
MOST_WORDS = 1_000  # of an excerpt
MOST_MEANT = 3  # words of a text that may be meant to say what to show
_WORD = re.compile(r"[a-z-]+")  # no licence is called so: CC0, CC BY 4.0, https://…


def read_terms(
    value: Any, spelt: str = "rights", known: tuple[str, ...] = KEYS
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """`rights` as it is written, in either spelling, by key: what may be shown, or a mapping of
    ``known`` keys.

    ``link`` is ``{show: link}``; other texts are a licence, as are all below a key that is
    ``spelt`` so. The second value are problems, each with what to do: a misspelt word must not
    publish what was to be withheld.
    """
    problems: list[tuple[str, str]] = []
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value in (None, "", {}, []):
        return {}, []
    if isinstance(value, str):
        value = _plain_terms(unicodedata.normalize("NFKC", value).strip(), spelt)
    if not isinstance(value, dict):
        hint = f"write {_choices()}, or a mapping such as `{{show: link}}`"
        return {}, [("`rights` must be a word or a mapping", hint)]
    for key in value.keys() - set(known):
        near = nearest(str(key), known)
        hint = did_you_mean(near, "use " + ", ".join(known))
        problems.append((f"unknown key `{key}` in `rights`", hint))
    if "show" in value and value["show"] in (None, ""):
        problems.append(("`rights.show` is empty", f"write {_choices()}, or remove the line"))
    terms = {key: value[key] for key in known if value.get(key) not in (None, "")}
    if "show" in terms:
        show = str(terms["show"]).strip().lower()
        if show not in SHOWS:
            near = nearest(show, SHOWS)
            hint = did_you_mean(near, f"write {_choices()}; a licence goes below `license`")
            problems.append((f"`rights.show` is `{show[:60]}`", hint))
        terms["show"] = show if show in SHOWS else "link"
    if "words" in terms and not _is_length(terms["words"]):
        del terms["words"]
        problems.append(
            (f"`rights.words` must be a number from 1 to {MOST_WORDS}", "60 suits most articles")
        )
    return terms, problems


def _plain_terms(text: str, spelt: str) -> dict[str, str]:
    """A text as terms: a licence, unless it may be meant to say what to show, as in `link only`
    and `show: link`."""
    if text.lower() in SHOWS:
        return {"show": text}
    is_meant = spelt == "rights" and _may_mean_what_to_show(text)
    return {"show": text} if is_meant else {"license": text}


def _may_mean_what_to_show(text: str) -> bool:
    words = re.findall(r"[^\W\d_]+", text.lower())
    if len(words) <= MOST_MEANT and not set(SHOWS).isdisjoint(words):
        return True
    return bool(_WORD.fullmatch(text) or nearest(text.lower(), SHOWS))


def _choices() -> str:
    return "full, excerpt or link"


def _is_length(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_WORDS


def permitted(document: Document) -> Document:
    """``document`` without the words and images that may not be shown; pages, lists, feeds and
    all else are made from it.

    Of an excerpt the summary and the line under the headline are as short as the excerpt, and
    images within the text stay away; of a link what names the article is left, and a summary that
    the editor wrote; of a withdrawn one that it was there, and what its corrections say of that.
    """
    replace = msgspec.structs.replace
    if document.status == "withdrawn":
        return replace(
            document,
            dek="",
            genre="",
            summary="",
            dateline="",
            image=None,
            assets=(),
            credits=(),
            tags=(),
            comment=None,
            extra={},
        )
    show, words = document.rights.show, document.rights.words
    if show == "full":
        return document
    if show == "link":
        summary = document.summary if document.summarised else ""
        return replace(document, dek="", summary=summary, dateline="", image=None, assets=())
    lead = (document.image.src,) if document.image else ()
    return replace(
        document,
        dek=excerpt(document.dek, words),
        summary=excerpt(document.summary, words),
        assets=lead,
    )


def permitted_text(html: str, show: Show, words: int) -> str:
    """The text of an article as far as it may be shown; nothing where ``show`` is not in
    `SHOWS`."""
    if show == "full":
        return html
    return f"<p>{escape(excerpt(plain(html), words))}</p>" if show == "excerpt" else ""
