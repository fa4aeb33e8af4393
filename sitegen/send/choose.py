"""Which edition a person means, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sitegen.base.diagnostics import fail, nearest_hint
from sitegen.config.schema import Config
from sitegen.config.send import SendTarget
from sitegen.engine.editions import SiteEditions
from sitegen.model.site import Edition
from sitegen.send.record import read_record, record_path
from sitegen.site.membership import series_hint
from sitegen.site.periods import full_key

RECENT = timedelta(days=7)  # an edition without a name goes out this long after it was closed


def chosen_edition(
    root: Path, given: SiteEditions, series: str, key: str, trial: bool = False
) -> Edition | None:
    """The edition that a person means, by its series and key; a key alone is enough where only one
    series has it. None where nothing waits.

    Raises SitegenError for one that does not exist or, unless it is a ``trial``, is open.
    """
    slugs = [one.slug for one in given.config.series]
    series, key = _series_and_key(series, key, slugs)
    if not key:
        chosen = [slug for slug in slugs if not series or slug == series]
        return _newest(root, given, chosen, trial)
    edition = _edition_named(given, series, key)
    if not (edition.published or trial):
        hint = f"close it first: sitegen edition close {edition.key}"
        raise fail("send", f"edition `{edition.key}` is open", help=hint, exit_status=2)
    return edition


def _series_and_key(series: str, key: str, slugs: Sequence[str]) -> tuple[str, str]:
    """The series and the key that a person means: a name alone may be either.

    Raises SitegenError for a series that does not exist.
    """
    if series.lower() in ("", *slugs):
        return series.lower(), key
    if not key:
        return "", series
    hint = series_hint(series, slugs)
    raise fail("send", f"no series is called `{series}`", help=hint, exit_status=2)


def _edition_named(given: SiteEditions, series: str, key: str) -> Edition:
    """The edition ``key`` of a series, by default of any.

    Raises SitegenError where there is none, or where several series have one.
    """
    known = {edition.key: edition for edition in given.editions}
    own = key.lower()
    mine = [one for one in given.config.series if series in ("", one.slug)]
    names = dict.fromkeys([own, *(full_key(one, own) for one in mine)])
    found = [name for name in names if name in known]
    if not found:
        hint = nearest_hint(key, known, "`sitegen edition list` lists them")
        raise fail("send", f"edition `{key}` does not exist", help=hint, exit_status=2)
    if len(found) > 1 and own not in known:
        message = f"several series have an edition `{key}`"
        raise fail("send", message, help=f"name one of {', '.join(found)}", exit_status=2)
    return known[found[0]]


def _newest(root: Path, given: SiteEditions, slugs: Sequence[str], trial: bool) -> Edition | None:
    """The newest edition that waits; for a trial, that or the newest open one."""
    now = datetime.fromisoformat(given.moment)
    for slug in slugs:
        mine = [edition for edition in given.editions if edition.series == slug]
        if trial and mine:
            return mine[-1]
        newest = _last_closed(mine)
        if newest and _is_recent(newest, now) and _waits(root, given.config, newest):
            return newest
    return None


def _last_closed(editions: Sequence[Edition]) -> Edition | None:
    """The edition that was closed last, of several at once the one with the highest number."""
    closed = [edition for edition in editions if edition.published]
    return max(closed, key=lambda edition: (edition.published, edition.number), default=None)


def _is_recent(edition: Edition, now: datetime) -> bool:
    return now - datetime.fromisoformat(edition.published) <= RECENT


def _waits(root: Path, config: Config, edition: Edition) -> bool:
    """Whether an edition has a target at which not everything has gone out."""
    record = read_record(root, record_path(config.content, edition.key))
    wanted = [name for name, target in config.send.items() if _takes(target, edition)]
    return any(name not in record or not record[name].done for name in wanted)


def _takes(target: SendTarget, edition: Edition) -> bool:
    """Whether the series of an edition goes to a target; one that names no series takes all."""
    return not target.series or edition.series in target.series


def targets_of(config: Config, edition: Edition, name: str) -> dict[str, SendTarget]:
    """The targets of an edition, or the one called ``name``.

    Raises SitegenError (exit status 2) where there is none.
    """
    if name and name not in config.send:
        hint = nearest_hint(name, config.send, f"choose from: {', '.join(config.send)}")
        raise fail("send", f"no target `{name}` below `send`", help=hint, exit_status=2)
    found = {
        one: target
        for one, target in config.send.items()
        if name in ("", one) and _takes(target, edition)
    }
    if not found:
        hint = "add it to `series` of a target below `send` in site.yaml"
        message = f"no target takes the edition `{edition.key}`"
        raise fail("send", message, "site.yaml", help=hint, exit_status=2)
    return found
