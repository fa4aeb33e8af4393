"""One input read to an article.

Runs in worker processes: the same input gives the same article anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError
from sitegen.base.files import MAX_TEXT, read_bytes
from sitegen.base.install import require_extras
from sitegen.base.text import count_words, counted, unix_lines
from sitegen.config.schema import Config
from sitegen.importer.charsets import is_garbled, repaired
from sitegen.importer.detect import decode, decode_html, decode_text
from sitegen.importer.input.parts import LastArchive
from sitegen.importer.input.sources import BROKEN, HEAD
from sitegen.importer.input.unit import WHOLE, Unit
from sitegen.importer.kept import (
    FLOOR_OF_PAGE,
    SEVERAL,
    kind_of_line,
    lines_of_page,
    lines_of_text,
    measured,
    measured_html,
    measured_text,
    plain_lines,
    whole_text,
)
from sitegen.importer.limits import within_limits
from sitegen.importer.model import Imported, Kind, Skipped
from sitegen.importer.normalise import tidied
from sitegen.importer.to_markdown import absolute
from sitegen.model.base import Struct

if TYPE_CHECKING:
    from sitegen.importer.text.documents import ClippedDocument

_FEED_LINK = re.compile(
    r"<link\b[^<>]{0,1000}?application/(?:rss|atom|feed)\+(?:xml|json)[^<>]{0,1000}>", re.I
)
_LINE_NUMBERS = re.compile(r"\bline \d+|\blines \([\d, -]+")  # in evidence and doubts
_NUMBER = re.compile(r"\d+")
_HREF = re.compile(r"href\s{0,9}=\s{0,9}[\"']?([^\"'\s<>]{1,1000})", re.I)


class Reading(Struct, frozen=True):
    """The result for one unit, or for one of the articles that it holds: an article, something that
    is not an article, or why it cannot be read.

    ``head`` is the beginning of what cannot be read, for a person to look at. ``shown`` is its name
    among the articles of a unit that holds several.
    """

    found: Imported | Skipped | None = None
    reason: str = ""
    problems: tuple[Diagnostic, ...] = ()
    head: bytes = b""
    shown: str = ""


class ReadJob(Struct, frozen=True):
    """Units to be read with the settings of ``config``; none of them can stop the others."""

    config: Config
    ITEM: ClassVar = Unit
    RESULT: ClassVar = list[Reading]

    def start(self) -> Callable[[Sequence[Unit]], list[list[Reading]]]:
        archive = LastArchive()
        return lambda units: [_read_one(unit, self.config, archive) for unit in units]


def _read_one(unit: Unit, config: Config, archive: LastArchive) -> list[Reading]:
    """Read a unit, or what the part of an archive holds."""
    if unit.part == WHOLE:
        return read_unit(unit, config)
    inside, problems = archive.part(unit)
    readings = [
        msgspec.structs.replace(reading, shown=reading.shown or one.shown)
        for one in inside
        for reading in read_unit(one, config)
    ]
    return [*readings, Reading(problems=problems)]


def read_unit(unit: Unit, config: Config) -> list[Reading]:
    """Read one unit, which may hold several articles.

    Never raises for what the input can cause.
    """
    if unit.unchanged or unit.reason or isinstance(unit.found, Skipped):
        return [Reading(unit.found, unit.reason, head=unit.data[:HEAD])]
    data = unit.data
    try:
        if unit.path and not data:
            data = read_bytes(unit.path, unit.shown, MAX_TEXT)
        data, said = _as_utf8(data, unit.kind)
        several = _several(unit, data, config)
        if several:
            return [
                Reading(_for_readers(said.of(found)), shown=f"{unit.shown}#{number}")
                for number, found in enumerate(several, 1)
            ]
        found = _read(unit, data, config)
        return [Reading(found if isinstance(found, Skipped) else _for_readers(said.of(found)))]
    except SitegenError as error:
        reasons = [f"{d.message}: {d.help}" if d.help else d.message for d in error.diagnostics]
        return [Reading(reason="; ".join(reasons), problems=tuple(error.diagnostics))]
    except BROKEN as error:
        return [
            Reading(
                reason=f"is broken in a way that its reader does not know: {str(error)[:120]}",
                head=data,
            )
        ]


def _for_readers(found: Imported) -> Imported:
    """``found`` as readers may see it, with no more in a field than an article may have."""
    return within_limits(tidied(found))


class _Charset(Struct, frozen=True):
    """What is to be said of the charset that a text came in."""

    evidence: tuple[tuple[str, str], ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def of(self, found: Imported) -> Imported:
        """``found`` with this said of it."""
        if not self.evidence and not self.doubts:
            return found
        return msgspec.structs.replace(
            found,
            evidence=(*found.evidence, *self.evidence),
            doubts=(*found.doubts, *self.doubts),
            notes=(*found.notes, *self.notes),
        )


def _as_utf8(data: bytes, kind: Kind) -> tuple[bytes, _Charset]:
    """A text as UTF-8, whose charset was guessed where none is declared; what another charset has
    spoilt is repaired."""
    if kind not in ("text", "html", "markdown"):
        return data, _Charset()
    read = decode(data, page=kind == "html")
    text, misread, places = repaired(read.text)
    evidence, doubts, notes = [], [], []
    if read.guessed:
        evidence.append(("charset", f"{read.charset}, guessed by its letters"))
        if not read.sure:
            doubts.append(
                f"the file does not say its charset; {read.charset} is a guess: check the letters,"
                " or save it as UTF-8"
            )
    if misread:
        evidence.append(
            ("charset", f"UTF-8 that was once read as {misread}; repaired in {places} places")
        )
        notes.append(
            f"the text is UTF-8 that was once read as {misread} (`Ã©` for `é`); the encoding was"
            f" repaired in {places} places"
        )
    elif sign := is_garbled(text):
        line = text.count("\n", 0, text.index(sign)) + 1
        doubts.append(
            f"line {line}: `{sign}` looks garbled, as UTF-8 that was read in another encoding does"
        )
    changed = bool(misread) or read.guessed
    return (text.encode("utf-8", "replace") if changed else data), _Charset(
        tuple(evidence), tuple(doubts), tuple(notes)
    )


def _several(unit: Unit, data: bytes, config: Config) -> list[Imported]:
    """The articles of a text or page that holds more than one, or that a press database wrote; else
    none."""
    if unit.kind not in ("text", "html") or unit.found is not None:
        return []
    text, parts = _documents(unit, data)
    found = [_of_part(part, unit, config) for part in parts]
    if len(found) > 1:
        found = [_counted(one, n, len(found), parts[n - 1]) for n, one in enumerate(found, 1)]
    notes = _notes_of_parts(text, parts)
    if notes:
        found[0] = msgspec.structs.replace(found[0], notes=(*found[0].notes, *notes))
    return found


def _notes_of_parts(text: str, parts: Sequence[ClippedDocument]) -> list[str]:
    """What of a text is in none of its parts."""
    from sitegen.importer.text.documents import MAX_DOCUMENTS

    notes = _outside(text, parts) if parts and text else []
    if len(parts) >= MAX_DOCUMENTS:
        notes.append(f"only the first {MAX_DOCUMENTS:,} articles are read: divide the file")
    return notes


def _documents(unit: Unit, data: bytes) -> tuple[str, Sequence[ClippedDocument]]:
    """(the text of a unit, the documents in it); none where it is one text of no press database."""
    from sitegen.importer.html.press_pages import read_export
    from sitegen.importer.text.documents import split_documents
    from sitegen.importer.text.press import is_press

    if unit.kind == "html":
        export = read_export(decode_html(data)[0])
        return export.text, export.documents
    text = decode_text(data)[0]
    text = plain_lines(text) if unit.marked else text
    parts = split_documents(text)
    is_one = len(parts) < 2 and not any(d.exported and is_press(d.lines) for d in parts)
    return text, () if is_one else parts


def _of_part(part: ClippedDocument, unit: Unit, config: Config) -> Imported:
    """One of the articles of a text."""
    from sitegen.importer.text.press import is_press, read_document

    if not (part.exported and is_press(part.lines)):
        return _below(_one_text("\n".join(part.lines), unit, config, alone=False), part.before)
    read = read_document(part.lines, before=part.before, zone=config.timezone)
    return measured(read.found, read.lines, whole=lambda: whole_text("\n".join(part.lines)))


def _below(found: Imported, before: int) -> Imported:
    """``found`` with the numbers of its lines as in its file, in which ``before`` lines are above
    it."""

    def moved(text: str) -> str:
        return _LINE_NUMBERS.sub(
            lambda m: _NUMBER.sub(lambda n: str(int(n[0]) + before), m[0]), text
        )

    evidence = tuple((field, moved(how)) for field, how in found.evidence)
    doubts = tuple(moved(doubt) for doubt in found.doubts)
    return msgspec.structs.replace(found, evidence=evidence, doubts=doubts)


def _counted(found: Imported, number: int, total: int, part: ClippedDocument) -> Imported:
    """``found`` with its place among the articles of its file."""
    place = f"article {number} of {total} in this file, from line {part.before + 1}"
    return msgspec.structs.replace(found, evidence=(*found.evidence, ("part", place)))


def _outside(text: str, parts: Sequence[ClippedDocument]) -> list[str]:
    """What is before the first article of an export and after the last one, and belongs to none,
    for a report."""
    rows = text.split("\n")
    end = parts[-1].before + len(parts[-1].lines)
    places = {"before the first": rows[: parts[0].before], "after the last": rows[end:]}
    out = []
    for place, lines in places.items():
        said = [row.strip() for row in lines if any(sign.isalnum() for sign in row)]
        if words := count_words(" ".join(said)):
            out.append(
                f"{counted(words, 'word')} {place} article belong to none of the articles, such as"
                f" `{said[0][:60]}`"
            )
    return out


def _read(unit: Unit, data: bytes, config: Config) -> Imported | Skipped:
    if isinstance(unit.found, Imported):
        return _finished(unit.found, unit, config)
    if unit.kind == "mail":
        from sitegen.importer.formats.mail import read_mail

        return read_mail(data, zone=config.timezone)
    if unit.kind == "markdown":
        return _markdown(unit, data, config)
    if unit.kind == "html":
        return _with_images(_page(unit, data, config), unit)
    return _with_images(_one_text(decode_text(data)[0], unit, config), unit)


def _finished(given: Imported, unit: Unit, config: Config) -> Imported:
    """An article that a feed or an export gave, with its HTML as Markdown."""
    from sitegen.importer.html.fragment import finish

    found = finish(given)
    if given.html:
        found = measured_html(found, given.html)
    elif found.share is None:
        found = msgspec.structs.replace(found, share=1.0)  # all that its source says is in fields
    if unit.kind != "plugin":
        return found
    from sitegen.importer.markdown.frames import harmless

    return msgspec.structs.replace(found, body=harmless(found.body, config.markdown))


def _with_images(found: Imported, unit: Unit) -> Imported:
    """``found`` with the images that came along with its input."""
    if not unit.images:
        return found
    return msgspec.structs.replace(found, attached={**found.attached, **unit.images})


def _one_text(text: str, unit: Unit, config: Config, *, alone: bool = True) -> Imported:
    """Copied text, or a note in Markdown that has no front matter.

    The unit's URL is that of a text ``alone`` in it.
    """
    from sitegen.importer.markdown.note import is_note, read_note
    from sitegen.importer.text.documents import signs_of_several
    from sitegen.importer.text.read import read_text

    address = unit.url if alone else ""
    if not (unit.marked or is_note(text, unit.name or unit.shown)):
        found = read_text(text, source_url=address, zone=config.timezone)
    else:
        from sitegen.importer.markdown.frames import harmless

        found = read_note(text, source_url=address, zone=config.timezone)
        found = msgspec.structs.replace(found, body=harmless(found.body, config.markdown))
    if sign := signs_of_several(text):
        doubts = (f"{SEVERAL}: {sign}", *found.doubts)
        return msgspec.structs.replace(found, body=whole_text(text), doubts=doubts, image=None)
    lines = lines_of_text(text)
    return measured(found, lines, kind_of=kind_of_line, whole=lambda: whole_text(text))


def _markdown(unit: Unit, data: bytes, config: Config) -> Imported | Skipped:
    from sitegen.importer.html.fragment import finish
    from sitegen.importer.markdown.dialects import body_of, kind_of_row
    from sitegen.importer.markdown.frames import frames_in, harmless, without_code
    from sitegen.importer.markdown.read import read_markdown

    found = read_markdown(data, unit.name, unit.blog, meta=unit.meta, zone=config.timezone)
    if isinstance(found, Skipped):
        return found
    if unit.url:
        found = msgspec.structs.replace(found, canonical=found.canonical or unit.url)
    is_html = bool(found.html)
    if embedded := frames_in(found.body):
        found = msgspec.structs.replace(found, extra={**found.extra, "embedded": list(embedded)})
    found = finish(found)
    found = msgspec.structs.replace(found, body=harmless(found.body, config.markdown))
    text = without_code(body_of(unix_lines(decode_text(data)[0])))
    return measured_html(found, text) if is_html else measured_text(found, text, kind_of_row)


def _with_all_text(found: Imported, page: str) -> Imported:
    """``found`` with all that the page shows as its body, where no article was made out: nothing of
    it is lost."""
    from sitegen.importer.html.fragment import read_fragment
    from sitegen.importer.to_markdown import join_blocks

    piece = read_fragment(page, found.base)
    shown = join_blocks(list(piece.blocks))
    if len(shown) <= len(found.body):
        return found
    return msgspec.structs.replace(
        found,
        body=shown,
        attached={**found.attached, **piece.attached},
        doubts=(*found.doubts, *piece.doubts),
    )


def _page(unit: Unit, data: bytes, config: Config) -> Imported:
    from sitegen.importer.html.read import read_html, saved_at

    require_extras({"pages": "a saved page"})
    found = read_html(data, url=unit.url, zone=config.timezone)
    page = decode_html(data)[0]
    if saved := unit.saved or saved_at(page):
        found = msgspec.structs.replace(found, extra={"saved_at": saved, **found.extra})
    if any(d.startswith("no running text found") for d in found.doubts):
        return _with_feeds(_with_all_text(found, page), unit, data)
    return measured(
        found,
        lines_of_page(page),
        FLOOR_OF_PAGE,
        whole=lambda: _with_all_text(found, page).body,
    )


def _with_feeds(found: Imported, unit: Unit, data: bytes) -> Imported:
    """``found``, which is no article, with the feeds that its page names."""
    text = decode_text(data[:200_000])[0]
    feeds = list(islice(_feeds_in(text, unit.url), 3))
    if not feeds:
        return found
    what = "it is not an article but names a feed: sitegen import " + " ".join(feeds)
    return msgspec.structs.replace(found, doubts=(*found.doubts, what))


def _feeds_in(page: str, base: str) -> Iterable[str]:
    """The URLs of the feeds that a page names, each once."""
    links = (_HREF.search(link[0]) for link in _FEED_LINK.finditer(page))
    urls = (absolute(link[1], base) for link in links if link)
    return dict.fromkeys(filter(None, urls))
