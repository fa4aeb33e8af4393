"""One input read to an article. Runs in worker processes: the same input gives the same article anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.base.files import MAX_TEXT, read_bytes
from sitegen.base.install import require_extras
from sitegen.config import Config
from sitegen.importer.detect import decode_text
from sitegen.importer.inputs import Unit
from sitegen.importer.markup import absolute
from sitegen.importer.model import Imported, Skipped
from sitegen.importer.tidy import tidied
from sitegen.model import Struct

_FEED_LINK = re.compile(r"<link\b[^<>]{0,1000}?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]{0,1000}>", re.I)
_HREF = re.compile(r"href\s{0,9}=\s{0,9}[\"']?([^\"'\s<>]{1,1000})", re.I)
_state: dict[str, Config] = {}  # in a worker process: the settings it was started with


class Reading(Struct, frozen=True):
    """What became of one unit: an article, something that is no article, or why it cannot be read.

    ``head`` is the beginning of what cannot be read, for a person to look at.
    """

    found: Imported | Skipped | None = None
    wrong: str = ""
    problems: tuple[Diagnostic, ...] = ()
    head: bytes = b""


def set_up(config: Config) -> None:
    """What a worker needs before its first batch."""
    _state["config"] = config


def read_batch(units: Sequence[Unit]) -> list[Reading]:
    """Read ``units``, one after the other; none of them can stop the others."""
    return [read_unit(unit, _state["config"]) for unit in units]


def read_unit(unit: Unit, config: Config) -> Reading:
    """Read one unit. Never raises for what the input can cause."""
    if unit.unchanged or unit.wrong or isinstance(unit.found, Skipped):
        return Reading(unit.found, unit.wrong, head=unit.data[:20_000])
    data = unit.data
    try:
        if unit.path and not data:
            data = read_bytes(unit.path, unit.shown, MAX_TEXT)
        found = _read(unit, data, config)
        return Reading(found if isinstance(found, Skipped) else tidied(found))
    except SitegenError as error:
        return Reading(wrong="; ".join(d.message for d in error.diagnostics), problems=tuple(error.diagnostics))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, OverflowError, OSError) as error:
        # A page can be broken in ways that no library foresees; the others must not suffer for it.
        return Reading(wrong=f"could not be read ({type(error).__name__}: {str(error)[:120]})", head=data[:20_000])


def _read(unit: Unit, data: bytes, config: Config) -> Imported | Skipped:
    if isinstance(unit.found, Imported):
        from sitegen.importer.fragment import finish

        found = finish(unit.found)
        if unit.kind != "plugin":
            return found
        from sitegen.importer.markdown import harmless

        return msgspec.structs.replace(found, body=harmless(found.body, config.markdown))
    if unit.kind == "mail":
        from sitegen.importer.mail import read_mail

        return read_mail(data, zone=config.timezone)
    if unit.kind == "markdown":
        return _markdown(unit, data, config)
    if unit.kind == "html":
        return _page(unit, data, config)
    return _text(unit, data, config)


def _text(unit: Unit, data: bytes, config: Config) -> Imported:
    """Copied text, or a note in Markdown that has no front matter."""
    from sitegen.importer.note import is_note, read_note
    from sitegen.importer.plaintext import read_text

    text = decode_text(data)[0]
    if not is_note(text, unit.name or unit.shown):
        return read_text(text, source_url=unit.url, zone=config.timezone)
    from sitegen.importer.markdown import harmless

    found = read_note(text, source_url=unit.url, zone=config.timezone)
    return msgspec.structs.replace(found, body=harmless(found.body, config.markdown))


def _markdown(unit: Unit, data: bytes, config: Config) -> Imported | Skipped:
    from sitegen.importer.fragment import finish
    from sitegen.importer.markdown import harmless, read_markdown

    found = read_markdown(data, unit.name, unit.blog, meta=unit.meta, zone=config.timezone)
    if isinstance(found, Skipped):
        return found
    if unit.url:
        found = msgspec.structs.replace(found, canonical=found.canonical or unit.url)
    found = finish(found)
    return msgspec.structs.replace(found, body=harmless(found.body, config.markdown))


def _page(unit: Unit, data: bytes, config: Config) -> Imported:
    from sitegen.importer.html import read_html

    require_extras({"pages": "a saved page"})
    found = read_html(data, url=unit.url, zone=config.timezone)
    if not any(d.startswith("no running text found") for d in found.doubts):
        return found
    text = decode_text(data[:200_000])[0]
    links = (m for link in _FEED_LINK.finditer(text) if (m := _HREF.search(link[0])))
    feeds = list(dict.fromkeys(a for m in links if (a := absolute(m[1], unit.url))))[:3]
    if not feeds:
        return found
    return msgspec.structs.replace(found, doubts=(*found.doubts, "it is no article but names a feed: sitegen import " + " ".join(feeds)))
