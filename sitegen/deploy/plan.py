"""What a deployment has to do: a pure function of what is here, what is there, and what is known of
that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sitegen.base.files import is_inside
from sitegen.deploy.headers import is_fingerprinted
from sitegen.deploy.model import LOCK, MANIFEST, DeployPlan, Entry, Item, Manifest, Seen


def make_plan(
    items: Mapping[str, Item],
    manifest: Manifest | None,
    listing: Mapping[str, Seen] | None,
    confirmed: Mapping[str, Entry],
    today: str,
    keep: int,
    prune: bool = False,
) -> DeployPlan:
    """Which files travel and which go.

    ``listing`` is what the target has, where it could be asked; ``confirmed`` are files of which
    nothing was known and that were found to be right. Only names in the manifest are deleted,
    unless ``prune`` is set. An asset that no page shows any more stays for ``keep`` days.
    """
    known = manifest.files if manifest else {}
    reasons = {path: _why(item, known.get(path), listing) for path, item in items.items()}
    reasons |= dict.fromkeys(confirmed.keys() & items.keys(), "")
    puts = sorted((items[path] for path in items if reasons[path]), key=_place_in_order)
    entries = known | dict(confirmed)
    keeps = {path: entries[path] for path in items if not reasons[path]}
    gone = [path for path in known if path not in items]
    retired, ended, expired = _retire(gone, manifest, today, keep)
    deletes = {path: _NO_LONGER for path in ended if listing is None or path in listing}
    foreign = (listing or {}).keys() - known.keys()
    if prune:
        pruned = foreign - items.keys() - {MANIFEST, LOCK}
        deletes |= dict.fromkeys(sorted(filter(is_inside, pruned)), "not uploaded by sitegen")
    return DeployPlan(
        puts=tuple(puts),
        keeps=keeps | {path: known[path] for path in retired},
        deletes=tuple(sorted(deletes, key=_pages_first)),
        retired=retired,
        reasons={path: reason for path, reason in reasons.items() if reason} | deletes,
        expired=sum(path in expired for path in deletes),
        overwrites=tuple(item.path for item in puts if item.path in foreign),
        adopt=_has_news(manifest, retired, confirmed),
    )


_NO_LONGER = "no longer part of the site"


def _place_in_order(item: Item) -> tuple[int, str]:
    return item.group, item.path


def _pages_first(path: str) -> tuple[bool, str]:
    return not path.endswith(".html"), path


def _has_news(
    manifest: Manifest | None, retired: Mapping[str, str], confirmed: Mapping[str, Entry]
) -> bool:
    """Whether the manifest changes even if no file does."""
    if manifest is None or retired.keys() != manifest.retired.keys():
        return True
    return any(manifest.files.get(path) != entry for path, entry in confirmed.items())


def _why(item: Item, entry: Entry | None, listing: Mapping[str, Seen] | None) -> str:
    """Why a file travels, or an empty string."""
    if entry is None:
        return "new"
    if listing is not None and item.path not in listing:
        return "missing at the target"
    if not entry.digest or item.digest != entry.digest:
        return "changed"
    if (item.type, item.cache, item.encoding) != (entry.type, entry.cache, entry.encoding):
        return "headers changed"
    if listing is not None and differs(listing[item.path], entry):
        return "changed at the target"
    return ""


def differs(seen: Seen, entry: Entry) -> bool:
    """Whether a file at the target is not the one of which the manifest has the ``entry``."""
    if seen.size != entry.size:
        return True
    return bool(seen.etag and entry.etag) and seen.etag != entry.etag


def _retire(
    gone: list[str], manifest: Manifest | None, today: str, keep: int
) -> tuple[dict[str, str], list[str], set[str]]:
    """Of files that are no longer part of the site: assets that stay with their last day, those
    that go, and those kept long enough."""
    before = manifest.retired if manifest else {}
    stay, go, expired = {}, [], set()
    for path in gone:
        since = before.get(path, today)
        if is_fingerprinted(path) and (date.fromisoformat(today) - _day(since, today)).days < keep:
            stay[path] = since
        else:
            go.append(path)
            if path in before:
                expired.add(path)
    return stay, go, expired


def _day(text: str, today: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.fromisoformat(today)


def too_many(plan: DeployPlan, manifest: Manifest | None, limit: int | str) -> int:
    """How many files would be deleted, if that is more than ``limit``, a number or a share of our
    files; else 0."""
    count = len(plan.deletes) - plan.expired
    text = str(limit)
    total = len(manifest.files) if manifest else 0
    allowed = max(20, total * int(text[:-1]) // 100) if text.endswith("%") else int(text)
    return count if count > allowed else 0
