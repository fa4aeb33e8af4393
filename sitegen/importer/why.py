"""Why an item was taken in or not: `sitegen import --why`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

import msgspec

from sitegen.base.diagnostics import SitegenError
from sitegen.base.files import write_whole
from sitegen.base.urls import comparable_url
from sitegen.config.schema import Config
from sitegen.content.frontmatter import read_front_matter
from sitegen.content.inbox import InboxItem, outlet_of, read_inbox
from sitegen.content.inbox_rules import inbox_values, judge
from sitegen.importer.place.existing import Holdings
from sitegen.importer.place.intake import Judged

CACHE = ".sitegen-cache/import/judged.json"
MOST = 20_000  # items whose verdicts are kept


def remember(root: Path, judged: Iterable[Judged]) -> None:
    """Keep the verdicts of a run for `why`, in the cache.

    Raises OSError where that is not possible.
    """
    new = {one.key: one for one in judged}
    if not new:
        return
    old = {key: one for key, one in _remembered(root).items() if key not in new}
    latest = dict([*old.items(), *new.items()][-MOST:])
    write_whole(root / CACHE, msgspec.json.encode(latest))


def why(root: Path, config: Config, wanted: str, now: float) -> list[Judged]:
    """What is known of the items that ``wanted`` names: an id or its beginning, a URL, a file, or
    words of the title. Items of the inbox are judged by the present rules; an article that came
    from elsewhere than a feed of site.yaml was judged by none."""
    known = chain(
        ((one.key, path, one) for path, one in _imported(root, config)),
        ((key, "", one) for key, one in _remembered(root).items()),
        ((item.key, item.path, one) for item, one in _waiting(root, config, now)),
    )
    # What is said last of an item is its present state.
    return list({key: one for key, path, one in known if _is(one, wanted, path)}.values())


def _imported(root: Path, config: Config) -> Iterator[tuple[str, Judged]]:
    """(path, what is known) of each article of the site that was imported."""
    for key, known in Holdings(root, config.content).by_key.items():
        try:
            values = read_front_matter(known.text, known.path).values
        except SitegenError:
            continue
        extra = values.get("extra")
        origin = extra.get("import", {}) if isinstance(extra, dict) else {}
        name = str(origin.get("from", "")) if isinstance(origin, dict) else ""
        said = f"is {known.path}; no rule was asked, as it is from no feed of site.yaml"
        url, title = str(values.get("canonical") or ""), str(values.get("title") or "")
        yield known.path, Judged(key, url, title, name, said)


def _waiting(root: Path, config: Config, now: float) -> Iterator[tuple[InboxItem, Judged]]:
    for item in read_inbox(root, config):
        document = item.document
        if document is None:
            continue
        key, outlet = outlet_of(document, config)
        said = "no rule drops it"
        if outlet is not None:
            values = inbox_values(root, item, document, now)
            said = judge(values, outlet).in_words()
        url = document.canonical or document.source.url
        yield item, Judged(item.key, url, document.title, key or document.source.name, said)


def _is(one: Judged, wanted: str, path: str = "") -> bool:
    """Whether ``wanted`` names an item; ``path`` is its file, where it has one."""
    word = wanted.strip().removeprefix("import-")
    if path and _is_file(word, path):
        return True
    if word.startswith(("http://", "https://")):
        return comparable_url(word) == comparable_url(one.url)
    return _is_id(word, one.key) or _is_in_title(word, one.title)


def _is_file(word: str, path: str) -> bool:
    """Whether a word is a path, or its end."""
    return word.endswith(".md") and f"/{path}".endswith(f"/{word.removeprefix('./')}")


def _is_id(word: str, key: str) -> bool:
    """Whether a word is an id or its beginning."""
    return len(word) >= 4 and key.startswith(word.lower())


def _is_in_title(word: str, title: str) -> bool:
    return len(word) >= 3 and word.casefold() in title.casefold()


def _remembered(root: Path) -> Mapping[str, Judged]:
    try:
        return msgspec.json.decode((root / CACHE).read_bytes(), type=dict[str, Judged])
    except (OSError, msgspec.DecodeError):
        return {}
