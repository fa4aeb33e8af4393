"""The maps that run in worker processes: parsing articles, rendering pages, reading and making pictures."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, problem
from sitegen.base.files import read_bytes, write_whole
from sitegen.base.pack import Place, append
from sitegen.base.progress import Tell
from sitegen.base.text import digest, words_of
from sitegen.config import Config
from sitegen.content.discover import Found
from sitegen.content.parse import Parsed, parse, with_traits
from sitegen.decide import Jobs, picture_key
from sitegen.indexing import unpacked
from sitegen.model import Answers, ArticleView, Document, FeedView, Frame, ListView, Page, Resized, Struct, Wish
from sitegen.pictures.draw import draw
from sitegen.pictures.facts import MAX_BYTES, Facts, read_facts
from sitegen.pictures.make import resize
from sitegen.pictures.svg import cleaned
from sitegen.plan import bodies_shown
from sitegen.plugins import Plugin, call, hooks
from sitegen.publish import staging_folder
from sitegen.store import Reading, Store, Texts, decode_article, encode_article, texts_path
from sitegen.theme import EMBEDDED, Theme
from sitegen.workers import run

INDEXES = "search"  # where search indexes are kept, in the cache
FEW = 4  # pictures below which no process is started
SETTLED_NS = 2_000_000_000  # a file changed this shortly before it was read may change again unseen
TICK_NS = 50_000_000  # the same by the clock that the system sets `ctime` by

_worker: dict[str, Any] = {}  # set once per process by the setup functions below


class Made(Struct, frozen=True):
    """The outcome of making one file: its stat and a digest of its bytes, or what went wrong."""

    output: str
    template: str
    digest: str
    seconds: float
    size: int = 0
    mtime_ns: int = 0
    problem: Diagnostic | None = None


def fresh_articles(articles: Sequence[Found], settings: str, known: Mapping[str, Reading]) -> list[Found]:
    """The articles to be read anew: those whose file or settings are not as they were when last read.

    ``settings`` is a digest of what parsing depends on besides the file; ``known`` is what the store tells of each.
    """
    return [f for f in articles if known.get(f.path) != (f.size, f.mtime_ns, f.ctime_ns, 1, settings)]


def _has_settled(found: Found, now_ns: int) -> bool:
    """Whether another change of the file would show in its stat: two within one tick of a clock do not."""
    return found.mtime_ns < now_ns - SETTLED_NS and found.ctime_ns < now_ns - TICK_NS


def parse_articles(
    root: Path,
    fresh: Sequence[Found],
    config: Config,
    settings: str,
    store: Store,
    jobs: int,
    tell: Tell,
    plugins: tuple[Plugin, ...] = (),
) -> dict[str, Parsed]:
    """Read ``fresh`` and remember it; each article by its path, without its HTML.

    What was recorded of published sites counts no more, as it was made from other articles.
    """
    records: dict[str, Parsed] = {}
    store.forget_states()
    now_ns = time.time_ns()
    results = run(_parse_batch, fresh, jobs, _parse_setup, (str(root), config, plugins, texts_path(store.path)))
    rows = []
    try:
        for done, (found, (record, place)) in enumerate(zip(fresh, results, strict=True), 1):
            records[found.path] = decode_article(record)
            rows.append((found, _has_settled(found, now_ns), record, place))
            if len(rows) >= 500:
                store.put_articles(settings, rows)
                store.commit()
                rows.clear()
                tell("reading articles", done, len(fresh))
    except OSError as error:
        hint = "free some disk space or check the file permissions"
        raise fail("cache", f"cannot be written: {error.strerror}", str(store.path), help=hint) from None
    store.put_articles(settings, rows)
    store.commit()
    store.tidy_texts()
    return records


def _parse_setup(root: str, config: Config, plugins: tuple[Plugin, ...], texts: str) -> None:
    _worker.update(root=root, config=config, transforms=tuple(hooks(plugins, "transform_document")), texts=texts)


def _parse_batch(batch: Sequence[Found]) -> list[tuple[bytes, Place]]:
    """The record of each article and the place of its HTML, which does not travel: it is written here."""
    records, texts = [], []
    for found in batch:
        try:
            data = read_bytes(f"{_worker['root']}/{found.path}", found.path)
        except SitegenError as error:
            parsed = Parsed(found.path, None, "", tuple(error.diagnostics))
        else:
            parsed = parse(data, found.path, _worker["config"])
            for plugin, function in _worker["transforms"]:
                parsed = _transformed(parsed, plugin, function)
            if _worker["transforms"] and parsed.document:
                parsed = msgspec.structs.replace(parsed, document=with_traits(parsed.document, parsed.html, _worker["config"]))
        record, html = encode_article(parsed)
        records.append(record)
        texts.append(html)
    return list(zip(records, append(_worker["texts"], texts), strict=True))


def _transformed(parsed: Parsed, plugin: Plugin, function: Callable[[Document, str], Any]) -> Parsed:
    """The article as a plugin makes it; what goes wrong with it is told like what is wrong with the article."""
    if not parsed.document:
        return parsed
    replace = msgspec.structs.replace
    try:
        given = call(plugin, function, parsed.document, parsed.html, met=f"reading {parsed.path}")
        if not (isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], Document) and isinstance(given[1], str)):
            hint = "give back (document, html)"
            raise fail("plugin", f"plugin `{plugin.name}`: `transform_document` gave back no document and HTML", plugin.path, help=hint)
    except SitegenError as error:
        return replace(parsed, document=None, html="", diagnostics=(*parsed.diagnostics, *error.diagnostics))
    document, html = given
    document = replace(document, path=parsed.path, body_digest=digest(html.encode()))
    if html != parsed.html:
        document = replace(document, words=words_of(html))
    return replace(parsed, document=document, html=html)


def picture_facts(root: Path, found: Sequence[Found], store: Store, jobs: int, tell: Tell) -> dict[str, Facts]:
    """What the pictures ``found`` are, by path; only those are read whose file is not as it was when last read."""
    known = store.pictures()
    store.forget_pictures(known.keys() - {f.path for f in found})
    fresh = [f for f in found if known.get(f.path, ())[:4] != (f.size, f.mtime_ns, f.ctime_ns, 1)]
    now_ns = time.time_ns()
    read: dict[str, bytes] = {}
    rows = []
    results = run(_look_batch, fresh, jobs, _picture_setup, (str(root), ""), FEW)
    for done, (picture, facts) in enumerate(zip(fresh, results, strict=True), 1):
        read[picture.path] = facts
        rows.append((picture, _has_settled(picture, now_ns), facts))
        tell("reading pictures", done, len(fresh))
    store.put_pictures(rows)
    decode = msgspec.msgpack.Decoder(Facts).decode
    return {f.path: decode(read[f.path] if f.path in read else known[f.path][4]) for f in found}


def _picture_setup(root: str, cache: str, folder: str = "") -> None:
    _worker.update(root=root, cache=cache, folder=folder)


def _look_batch(batch: Sequence[Found]) -> list[bytes]:
    out = []
    for found in batch:
        try:
            facts = read_facts(read_bytes(f"{_worker['root']}/{found.path}", found.path, MAX_BYTES))
        except SitegenError as error:
            facts = Facts("", wrong=error.diagnostics[0].message)
        out.append(msgspec.msgpack.encode(facts))
    return out


def _picture_batch(batch: Sequence[Wish]) -> list[Made]:
    out = []
    for wish in batch:
        started, target = time.perf_counter(), f"{_worker['folder']}/{wish.output}"
        cached = Path(_worker["cache"], picture_key(wish))
        try:
            if not cached.is_file():
                write_whole(cached, _pictured(wish))
            shutil.copyfile(cached, target)
        except SitegenError as error:
            out.append(Made(wish.output, "", "", 0.0, problem=error.diagnostics[0]))
            continue
        except Exception as error:
            if isinstance(error, OSError) and error.errno:
                raise
            wrong, hint = ("drawn", "see docs/pictures.md#link-previews")
            if isinstance(wish, Resized):
                wrong, hint = ("made smaller", "save it anew from a picture editor")
            said = problem("picture", f"cannot be {wrong}: {error}", wish.origin, help=hint)
            out.append(Made(wish.output, "", "", 0.0, problem=said))
            continue
        info = os.stat(target)
        mark = digest(Path(target).read_bytes())
        out.append(Made(wish.output, "(pictures)", mark, time.perf_counter() - started, info.st_size, info.st_mtime_ns))
    return out


def _pictured(wish: Wish) -> bytes:
    if isinstance(wish, Resized):
        return resize(read_bytes(f"{_worker['root']}/{wish.source}", wish.source, MAX_BYTES), wish)
    return draw(wish)


def make_pictures(wishes: Sequence[Wish], root: Path, cache: Path, folder: Path, jobs: int, tell: Tell) -> Iterator[Made]:
    """Make each of ``wishes`` below ``folder``, or take it from ``cache``, where it is kept by its key."""
    cache.mkdir(parents=True, exist_ok=True)
    for parent in {Path(w.output).parent for w in wishes}:
        (folder / parent).mkdir(parents=True, exist_ok=True)
    arguments = (str(root), str(cache), str(folder))
    for done, made in enumerate(run(_picture_batch, wishes, jobs, _picture_setup, arguments, FEW), 1):
        yield made
        tell("making pictures", done, len(wishes))


def stage(
    jobs: Jobs,
    shared: Frame,
    answers: Answers,
    theme: Theme,
    store: Store,
    root: Path,
    output: Path,
    count: int,
    tell: Tell,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[Made]:
    """Make every file that is wanted in the staging folder, and tell what was made.

    ``meanwhile`` is called once the workers are busy, as this process then has nothing to do.
    Raises SitegenError with the problems of all pages; output/ is then as it was.
    """
    folder = staging_folder(output)
    shutil.rmtree(folder, ignore_errors=True)
    made: list[Made] = []
    try:
        for copy in jobs.copy:
            data = _source(root, copy.source)
            made.append(_put(copy.output, "", cleaned(data).data if copy.cleaned else data, folder))
        if jobs.pictures:
            made += make_pictures(jobs.pictures, root, store.path.parent / "pictures", folder, count, tell)
        for file, data in unpacked(jobs.indexed, store.path.parent / INDEXES):
            made.append(_put(file.output, "(search index)", data, folder))
        made_from = (theme.templates, theme.places, shared, embeds(theme), answers, theme.plugins)
        order = sorted(jobs.render, key=_moment_shown)
        with store.texts({path for page in order for path in bodies_shown(page)}) as texts:
            arguments = (made_from, texts, str(folder), str(root))
            for done, one in enumerate(run(_render_batch, order, count, _render_setup, arguments), 1):
                made.append(one)
                if done == 1:
                    meanwhile()
                if done % 100 == 0:
                    tell("rendering pages", done, len(order))
    except SitegenError:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        hint = "free some disk space or check the file permissions; the site in output/ is as it was"
        raise fail("output", f"cannot be written: {error.strerror}", error.filename or str(output), help=hint) from None
    problems = [m.problem for m in made if m.problem]
    if problems:
        shutil.rmtree(folder, ignore_errors=True)
        raise SitegenError(_first_of_each(problems))
    return made


def _source(root: Path, name: str) -> bytes:
    """The bytes of a file to be copied. Raises SitegenError where it cannot be read."""
    try:
        return (root / name).read_bytes()
    except OSError as error:
        raise fail("unreadable", f"cannot be read: {error.strerror}", name, help="check the file permissions") from None


def _put(name: str, template: str, data: bytes, folder: Path) -> Made:
    """Write a file whose bytes are there already: one that is copied, or that of a search index."""
    target, started = folder / name, time.perf_counter()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    info = target.stat()
    return Made(name, template, digest(data), time.perf_counter() - started, info.st_size, info.st_mtime_ns)


def _moment_shown(page: Page) -> tuple[bool, str]:
    """Lists first, by the newest card they show, as feeds are: pages that show the same cards follow each other."""
    view = page.view
    cards = view.cards if isinstance(view, ListView) else tuple(i.card for i in view.items[:1]) if isinstance(view, FeedView) else ()
    return isinstance(view, (ArticleView, FeedView)), cards[0].date if cards else ""


def _first_of_each(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    seen: dict[tuple[str, int, str], Diagnostic] = {}
    for found in problems:
        seen.setdefault((found.path, found.line, found.message), found)
    return list(seen.values())


def embeds(theme: Theme) -> dict[str, str]:
    """The theme's style sheets and drawings as text, for `embed` in templates."""
    return {name: Path(path).read_text("utf-8") for name, path in theme.assets.items() if name.endswith(EMBEDDED)}


def _render_setup(made_from: tuple[Any, ...], texts: Texts, folder: str, root: str) -> None:
    from sitegen.render import Renderer

    free = (made_from[2].theme_options, msgspec.structs.asdict(made_from[4]))  # encoded, too: for Python 1 is equal to True
    mark = (made_from, msgspec.msgpack.encode(free))
    if _worker.get("mark") != mark:  # `serve` builds again and again with the same theme
        _worker.update(renderer=Renderer(*made_from), mark=mark)
    _worker["renderer"].begin()
    _worker.update(folder=folder, bodies=texts, made=set())
    _worker["read"] = lambda path: Path(root, path).read_bytes()


def _render_batch(batch: Sequence[Page]) -> list[Made]:
    out: list[Made] = []
    renderer, made, folder = _worker["renderer"], _worker["made"], _worker["folder"]
    for page in batch:
        started = time.perf_counter()
        name = page.template or f"({page.view.__struct_config__.tag})"
        try:
            data = renderer.render(page, _worker["bodies"], _worker["read"])
        except SitegenError as error:
            out.append(Made(page.output, name, "", 0.0, problem=error.diagnostics[0]))
            continue
        path = f"{folder}/{page.output}"
        _make_folder(path.rpartition("/")[0], made)
        with open(path, "wb", buffering=0) as file:
            file.write(data)
            info = os.fstat(file.fileno())
        out.append(Made(page.output, name, digest(data), time.perf_counter() - started, info.st_size, info.st_mtime_ns))
    return out


def _make_folder(folder: str, made: set[str]) -> None:
    """Make ``folder`` and those above it, but for those in ``made``, with as few calls of the system as can be."""
    if folder in made:
        return
    try:
        os.mkdir(folder)
    except FileNotFoundError:
        _make_folder(folder.rpartition("/")[0], made)
        _make_folder(folder, made)
    except FileExistsError:  # by another worker
        pass
    made.add(folder)
