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
    puts, keeps, reasons = [], {}, {}
    for path, item in items.items():
        entry = confirmed.get(path) or known.get(path)
        reason = "" if path in confirmed else _why(item, entry, listing)
        if reason:
            puts.append(item)
            reasons[path] = reason
        elif entry:
            keeps[path] = entry
    gone = [path for path in known if path not in items]
    retired, deletes, expired = _retire(gone, manifest, today, keep)
    deletes = [path for path in deletes if listing is None or path in listing]
    for path in deletes:
        reasons[path] = "no longer part of the site"
    foreign = (listing or {}).keys() - known.keys()
    if prune:
        strange = sorted(foreign - items.keys() - {MANIFEST, LOCK})
        pruned = [path for path in strange if is_inside(path)]
        deletes += pruned
        reasons |= dict.fromkeys(pruned, "not uploaded by sitegen")
    overwrites = tuple(item.path for item in puts if item.path in foreign)
    puts.sort(key=lambda item: (item.group, item.path))
    deletes.sort(key=lambda path: (not path.endswith(".html"), path))
    keeps |= {path: known[path] for path in retired}
    counted = len([d for d in deletes if d in expired])
    new_day = manifest is not None and retired.keys() != manifest.retired.keys()
    adopt = manifest is None or new_day or any(known.get(p) != e for p, e in confirmed.items())
    return DeployPlan(
        puts=tuple(puts),
        keeps=keeps,
        deletes=tuple(deletes),
        retired=retired,
        reasons=reasons,
        expired=counted,
        overwrites=overwrites,
        adopt=adopt,
    )


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
