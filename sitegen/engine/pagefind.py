"""Records of articles to the files of a search index, by Pagefind (https://pagefind.app/); the same
records give the same files.

Pagefind is a program of its own that takes articles, and gives files, over its standard streams
(https://pagefind.app/docs/node-api/ and /docs/py-api/ are built on the same protocol). It writes
the values of filters in an order that differs from run to run; here they are sorted, and the files
that hold them are renamed.
"""

from __future__ import annotations

import base64
import contextlib
import re
import string
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, ClassVar

import msgspec

from sitegen.base.blobs import BlobPlace
from sitegen.base.compounds import LANGUAGES, SHORTEST, compound_parts
from sitegen.base.diagnostics import Diagnostic, SitegenError, fail
from sitegen.base.files import write_whole
from sitegen.base.install import install_line
from sitegen.base.makers import fingerprint
from sitegen.base.progress import Progress
from sitegen.base.text import digest, excerpt, joined, plain, spaced
from sitegen.engine.cache import Texts
from sitegen.engine.workers import Pool
from sitegen.model.base import Struct
from sitegen.model.output import IndexFile
from sitegen.model.rights import permitted_text
from sitegen.model.views import SearchRecord, Shard
from sitegen.pages.search import FOLDER

SCRIPT = "pagefind.js"
MODULE = f"{FOLDER}/{SCRIPT}"  # what the search page imports
ENTRY = "pagefind-entry.json"
_ENGINE = "wasm."
_EXPORTS = b"export{"
_SIGN = b"pagefind_dcd"  # at the start of every file, which may be compressed or not

PARTS = "parts"  # of compounds, among what the index has of an article
SUMMARY = 30  # words of a text that the page shows before it knows where the hits are
ONE_FILE = 256  # articles of a shard whose cards are in one file
_MONTH = 3  # letters of the name of an article's file that are about a month
_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDS = re.compile(r"</(?:h[1-6]|t[hd]|caption|figcaption)>")

_DIGITS = string.digits + string.ascii_lowercase

Archive = dict[str, bytes]
Cards = dict[str, dict[str, str]]  # what results show of articles, by the names of their files


def _missing() -> SitegenError:
    hint = f"{install_line('search')}, or write `search: false`"
    return fail("extra", "`search` needs Pagefind, which is not installed", "site.yaml", help=hint)


def indexes(
    shards: Sequence[Shard],
    made_by: str,
    cache: Path,
    texts: Callable[[set[str]], Texts],
    progress: Progress,
    pool: Pool,
    make: bool = True,
) -> tuple[IndexFile, ...]:
    """The files of ``shards``, which afterwards are in ``cache``; ``texts`` gives the HTML of
    articles, ``made_by`` is what `search_program` returned; ``pool`` does the work.

    Without ``make`` nothing is indexed, and of a shard that is not in ``cache`` only the entry is
    named. The program that runs in browsers comes from the youngest shard of each language, which
    the search page asks first. Raises SitegenError where Pagefind fails.
    """
    keys = [
        digest(fingerprint().encode(), made_by.encode(), msgspec.msgpack.encode(shard))
        for shard in shards
    ]
    if make:
        lacking = {
            key: shard
            for key, shard in zip(keys, shards, strict=True)
            if _names(cache, key) is None
        }
        _make(lacking, made_by.split()[0], cache, texts, progress, pool)
    youngest = {shard.lang: shard for shard in shards}
    out: list[IndexFile] = []
    for key, shard in zip(keys, shards, strict=True):
        for name in _names(cache, key) or [ENTRY]:
            if name == SCRIPT:
                if shard is shards[0]:
                    out.append(IndexFile(MODULE, key, name))
            elif not name.startswith(_ENGINE) or shard is youngest[shard.lang]:
                out.append(
                    IndexFile(f"{shard.folder}/{name}", key, name, group=3 if name == ENTRY else 0)
                )
    return tuple(out)


def _make(
    lacking: dict[str, Shard],
    program: str,
    cache: Path,
    texts: Callable[[set[str]], Texts],
    progress: Progress,
    pool: Pool,
) -> None:
    """Index the shards of ``lacking`` into the archives that its keys name, each by a Pagefind of
    its own.

    Raises SitegenError where one fails.
    """
    if not lacking:
        return
    job = IndexJob(program, str(cache.resolve()), texts(set()).path)
    tasks = [
        IndexTask(key, shard, texts({r.body_from for r in shard.records if r.body_from}).places)
        for key, shard in lacking.items()
    ]
    progress("indexing for search", 0, len(tasks))
    for done, problems in enumerate(pool.run(job, tasks, inline=2, most=1), 1):
        if problems:
            raise SitegenError(problems)
        progress("indexing for search", done, len(tasks))


class IndexTask(Struct, frozen=True):
    """A shard to be indexed into the archive ``key``; ``places`` are those of its articles'
    HTML."""

    key: str
    shard: Shard
    places: dict[str, BlobPlace]


class IndexJob(Struct, frozen=True):
    """Shards to be indexed by ``program`` into the folder ``cache``; the HTML of articles is in the
    file ``texts``. What comes out are problems."""

    program: str
    cache: str
    texts: str
    ITEM: ClassVar = IndexTask
    RESULT: ClassVar = tuple[Diagnostic, ...]

    def start(self) -> Callable[[Sequence[IndexTask]], list[tuple[Diagnostic, ...]]]:
        return lambda tasks: [self._made(task) for task in tasks]

    def _made(self, task: IndexTask) -> tuple[Diagnostic, ...]:
        records = task.shard.records
        try:
            with Texts(self.texts, task.places) as body:
                sent = _records(task.shard, body)
            files = _run(self.program, _messages(_requests(task.shard.lang, sent)))
        except SitegenError as error:
            return tuple(error.diagnostics)
        minutes = {record.url: record.minute for record in records}
        words = known_words(task.shard, sent)
        made = canonical(files, minutes, words)
        archive = Path(self.cache, task.key)
        write_whole(archive, msgspec.msgpack.encode(made))
        write_whole(archive.with_name(f"{task.key}.names"), msgspec.msgpack.encode(sorted(made)))
        return ()


def _names(cache: Path, key: str) -> list[str] | None:
    """The files in the archive ``key``, or None where there is none."""
    try:
        names: list[str] = msgspec.msgpack.decode(
            (cache / f"{key}.names").read_bytes(), type=list[str]
        )
    except (OSError, msgspec.DecodeError):
        return None
    return names if (cache / key).is_file() else None


def unpacked(files: Sequence[IndexFile], cache: Path) -> Iterator[tuple[IndexFile, bytes]]:
    """Each of ``files`` with its bytes."""
    last, archive = "", {}
    for file in files:
        if file.key != last:
            last, archive = (
                file.key,
                msgspec.msgpack.decode((cache / file.key).read_bytes(), type=Archive),
            )
        yield file, archive[file.name]


def _run(program: str, messages: list[bytes]) -> Archive:
    """The files that Pagefind makes of ``messages``, as it gives them."""
    from importlib import import_module

    try:
        executable = str(import_module(program).get_executable())
    except (ImportError, AttributeError):
        raise _missing() from None
    home = Path(executable).parent  # it would read a configuration of the folder it is started in
    pipe, nowhere = subprocess.PIPE, subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            [executable, "--service"], stdin=pipe, stdout=pipe, stderr=nowhere, env={}, cwd=home
        )
    except OSError as error:
        raise fail(
            "search",
            f"Pagefind cannot be started: {error.strerror}",
            executable,
            help="install it again",
        ) from None
    assert process.stdin and process.stdout
    sender = threading.Thread(target=_send, args=(process.stdin, messages), daemon=True)
    try:
        sender.start()
        for answer in _answers(process.stdout):
            if answer["type"] == "Error":
                raise fail(
                    "search",
                    f"Pagefind failed: {answer.get('message')}",
                    help="see: sitegen help search",
                )
            if answer["type"] == "GetFiles":
                return {f["path"]: base64.b64decode(f["content"]) for f in answer["files"]}
    finally:
        process.kill()
        process.wait()
        sender.join()
        with contextlib.suppress(OSError):  # what it did not take
            process.stdin.close()
        process.stdout.close()
    raise fail(
        "search",
        "Pagefind ended without a result",
        help="it may have had too little memory; see: sitegen help search",
    )


def _records(shard: Shard, body: Callable[[str], str]) -> list[dict[str, Any]]:
    """The articles of a shard as Pagefind takes them."""
    return _with_parts([_record(one, body) for one in shard.records], shard.lang)


def _requests(lang: str, records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {}}
    for one in records:
        yield {"type": "AddRecord", "index_id": 0, "language": lang, **one}
    yield {"type": "GetFiles", "index_id": 0}


def _with_parts(records: list[dict[str, Any]], lang: str) -> list[dict[str, Any]]:
    """``records`` with the parts of their compounds, which no reader sees, in a language that has
    such words. A part is a word that the articles of the shard use by itself."""
    if lang not in LANGUAGES:
        return records
    words = [_words(f"{one['meta']['title']} {one['content']}") for one in records]
    known = frozenset(word for some in words for word in some)
    parts = compound_parts(known, known)
    for one, own in zip(records, words, strict=True):
        found = dict.fromkeys(part for word in own for part in parts.get(word, ()))
        more = [part for part in found if part not in own]
        if more:
            one["meta"][PARTS] = " ".join(more)
    return records


def _words(text: str) -> dict[str, None]:
    """The words of ``text`` in lower case, each once."""
    return dict.fromkeys(_WORD.findall(text.lower()))


def known_words(shard: Shard, sent: Iterable[dict[str, Any]]) -> list[str]:
    """The words that the search page suggests from where a word is nowhere: those of headlines,
    names and terms. In a language with compounds also the long ones of the texts ``sent``, of
    which a reader may know a part."""
    out = {word for one in shard.records for text in _heads(one) for word in _words(text)}
    if shard.lang in LANGUAGES:
        texts = (one["content"] for one in sent)
        out |= {word for text in texts for word in _words(text) if len(word) >= 2 * SHORTEST}
    return sorted(out)


def _heads(record: SearchRecord) -> Iterator[str]:
    yield from (record.title, record.dek, record.section, record.source)
    yield from record.authors
    for names in record.terms.values():
        yield from names


def _record(record: SearchRecord, body: Callable[[str], str]) -> dict[str, Any]:
    """An article as Pagefind takes it.

    Its text is what its page shows, the line under the headline first. Scripts without blanks get
    some, and a heading is kept apart from what follows it.
    """
    html = body(record.body_from) if record.body_from else ""
    text = plain(_ENDS.sub(r" ·\g<0>", permitted_text(html, record.show, record.words)))
    meta = {
        "title": spaced(record.title),
        "date": record.date,
        "section": record.section,
        "source": record.source,
        "authors": ", ".join(record.authors),
    }
    filters = {
        "section": [record.section] if record.section else [],
        "author": list(record.authors),
        "source": [record.source] if record.source else [],
        "date": [record.date[:4], record.date[:7]] if record.date else [],
        **{kind: list(terms) for kind, terms in record.terms.items()},
    }
    return {
        "url": record.url,
        # without words it would be left out
        "content": spaced(
            " ".join(part for part in (record.dek, record.comment, text) if part) or record.title
        ),
        "meta": {name: value for name, value in meta.items() if value},
        "filters": {name: values for name, values in filters.items() if values},
    }


def _messages(requests: Iterable[dict[str, Any]]) -> list[bytes]:
    """``requests`` as Pagefind reads them: JSON in base64, each ended by a comma."""
    encode = msgspec.json.Encoder().encode
    return [
        base64.b64encode(encode({"message_id": n, "payload": payload})) + b","
        for n, payload in enumerate(requests, 1)
    ]


def _send(stream: IO[bytes], messages: list[bytes]) -> None:
    with contextlib.suppress(OSError):  # it has ended, which its reader reports
        stream.writelines(messages)
        stream.flush()


def _answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    rest: list[bytes] = []
    while block := stream.read1(1 << 20):  # type: ignore[attr-defined]
        *ended, last = block.split(b",")
        for part in ended:
            rest.append(part)
            yield msgspec.json.decode(base64.b64decode(b"".join(rest)))["payload"]
            rest = []
        rest.append(last)


def canonical(files: Archive, minutes: Mapping[str, int], words: Sequence[str] = ()) -> Archive:
    """The files that a reader needs, with every list in an order of its own; ``minutes`` are the
    moments of the articles, by URL, and ``words`` those that may be suggested.

    Cards are all that a list of results shows of each article: one file instead of one for each.

    Filters and the meta file are written without compression, whose bytes depend on the version of
    zlib. The names of articles' files begin with their moments: the search page knows no more of an
    article before it loads that file, and sorts by it. Raises SitegenError where the files are not
    as this function knows them.
    """
    try:
        entry = msgspec.json.decode(files[ENTRY])
        out: Archive = {SCRIPT: _opened(files[SCRIPT])}
        for lang, index in sorted(entry["languages"].items()):
            wasm = f"{_ENGINE}{index['wasm'] or 'unknown'}.pagefind"
            out[wasm] = files[wasm]
            meta, others, cards = _ordered(files, lang, index["hash"], minutes)
            out |= others
            index["hash"] = f"{lang}_{digest(meta)[:10]}"
            out[f"pagefind.{index['hash']}.pf_meta"] = meta
            out |= _card_files(cards, index["hash"])
            out[f"words/{index['hash']}.json"] = msgspec.json.encode(words)
        out |= {name: data for name, data in files.items() if name.startswith("index/")}
        out[ENTRY] = msgspec.json.encode(
            {**entry, "languages": dict(sorted(entry["languages"].items()))}
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        hint = "install the version that `sitegen help search` names"
        raise fail(
            "search", "Pagefind's files are of a kind that this sitegen does not know", help=hint
        ) from None
    return out


def _opened(script: bytes) -> bytes:
    """The script with the class that asks each of several indexes exported too: the rest hides what
    each has answered."""
    before, mark, rest = script.rpartition(_EXPORTS)
    if not mark:
        raise ValueError("no script of Pagefind")
    return before + mark + b"Pagefind," + rest


def _ordered(
    files: Archive, lang: str, name: str, minutes: Mapping[str, int]
) -> tuple[bytes, Archive, Cards]:
    """The meta file of a language with its filters in order, the files of those and of the articles
    by their new names, and the cards of the articles."""
    import cbor2

    version, pages, chunks, filters, sorts, fields = cbor2.loads(
        _plain(files[f"pagefind.{name}.pf_meta"])
    )
    out: Archive = {}
    cards: Cards = {}
    dated = []
    for known, *counts in pages:
        data = files[f"fragment/{known}.pf_fragment"]
        fragment = msgspec.json.decode(_plain(data))
        moment = minutes[fragment["url"]]
        fresh = f"{_short(moment)}_{_short(int(known.rpartition('_')[2], 16))}"
        dated.append([fresh, *counts])
        out[f"fragment/{fresh}.pf_fragment"] = data
        cards[fresh] = _card(fragment)
    named = []
    for label, known in sorted(filters):
        title, values = cbor2.loads(_plain(files[f"filter/{known}.pf_filter"]))
        data = _SIGN + cbor2.dumps([title, sorted(values)])
        fresh = f"{lang}_{digest(data)[:10]}"
        named.append([label, fresh])
        out[f"filter/{fresh}.pf_filter"] = data
    meta = _SIGN + cbor2.dumps([version, dated, chunks, named, sorted(sorts), fields])
    return meta, out, cards


def _card_files(cards: Cards, name: str) -> Archive:
    """The files of ``cards``; those of a large shard in a file for about each month."""
    parts: dict[str, Cards] = {}
    for fresh, card in sorted(cards.items()):
        part = f".{fresh[:_MONTH]}" if len(cards) > ONE_FILE else ""
        parts.setdefault(part, {})[fresh] = card
    return {f"cards/{name}{part}.json": msgspec.json.encode(some) for part, some in parts.items()}


def _card(fragment: dict[str, Any]) -> dict[str, str]:
    meta = {key: text for key, text in fragment["meta"].items() if key != PARTS}
    title, content = joined(meta["title"]), joined(fragment["content"])
    summary = "" if content == title else excerpt(content, SUMMARY)
    return {**meta, "title": title, "url": fragment["url"], "summary": summary}


def _short(number: int) -> str:
    """``number`` in the 36 digits and letters, six at least: numbers are in order as these are, and
    a reader loads them all."""
    out = ""
    while number or len(out) < 6:
        number, digit = divmod(number, 36)
        out = _DIGITS[digit] + out
    return out


def _plain(data: bytes) -> bytes:
    """What a file of Pagefind holds: JSON for an article, else CBOR (RFC 8949)."""
    import gzip

    text = gzip.decompress(data)
    if not text.startswith(_SIGN):
        raise ValueError("no file of Pagefind")
    return text[len(_SIGN) :]
