"""What of the last plan is kept, and what of it is planned again: by look-up in the cache."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from sitegen.base.files import folded_name, is_inside
from sitegen.engine.cache import Cache
from sitegen.engine.families import family_key, family_name
from sitegen.engine.output import KnownFiles
from sitegen.images.share_cards import FOLDER as SHARE_FOLDER
from sitegen.model.output import Key, Plan
from sitegen.pages.collisions import parents
from sitegen.pages.moved import MOVED
from sitegen.pages.plan import CARD, FILES, INDEX, NEWS, SITEMAP, Kept
from sitegen.pages.search import FOLDER

SHARE = SHARE_FOLDER[1:]  # below output/
MADE_AGAIN = (CARD, NEWS)  # families that every plan has


def spoilt(store: Cache, root: str, known: KnownFiles) -> frozenset[Key] | None:
    """The families of the outputs that are gone, or not as they were written; None where they
    cannot be planned by themselves."""
    out: set[Key] = set()
    for name in known.spoilt():
        families = {family_key(family) for family in store.owners(root, name)}
        if not families or not families.isdisjoint({SITEMAP, INDEX}):
            return None
        if any(family[0] == MOVED for family in families):
            return None
        out |= families
    return frozenset(out)


def moved_families(store: Cache, root: str) -> frozenset[Key]:
    """The families of redirects and tombstones that the last build below ``root`` had."""
    return frozenset(map(family_key, store.families(root, MOVED)))


def kept_plan(store: Cache, root: str, families: frozenset[Key], files: bool) -> Kept:
    """What is kept of the plan of the last build below ``root``, where ``families``, and with
    ``files`` all files that are copied, are planned again."""
    names = {family_name(key) for key in families}
    before = {
        (url, changed or "")
        for name in names
        for _, url, changed in store.owned(root, name)
        if url is not None
    }

    def others() -> list[tuple[str, str]]:
        return [(url, changed) for name, url, changed in store.entries(root) if name not in names]

    def listed(path: str) -> bool:
        rows = store.owned(root, family_name(("article", path)))
        return any(url is not None for _, url, _ in rows)

    return Kept(families, files or FILES in families, frozenset(before), others, listed)


def planned_families(plan: Plan, kept: Kept) -> frozenset[Key]:
    """All families that ``plan`` has planned again."""
    made = {key for keys in plan.owners.values() for key in keys} & {SITEMAP, INDEX}
    files = {FILES} if kept.files else set()
    return kept.touched | made | files | {*MADE_AGAIN}


def gone_outputs(store: Cache, root: str, plan: Plan, families: Iterable[Key]) -> frozenset[str]:
    """The outputs of ``families`` that ``plan`` has no more, and that belong to no other one."""
    names = {family_name(key) for key in families}
    before = {path for name in names for path, _, _ in store.owned(root, name)}
    return frozenset(
        path for path in before - plan.owners.keys() if names.issuperset(store.owners(root, path))
    )


def is_apart(
    store: Cache, root: str, plan: Plan, families: Iterable[Key], kept: AbstractSet[str]
) -> bool:
    """Whether no output of ``plan``, which is of ``families``, is one file with another of it, or
    with one of ``kept``, the outputs that are not planned again."""
    names = [item.output for item in plan.items()]
    keys = frozenset(map(folded_name, names))
    if len(keys) < len(names) or not all(map(is_inside, names)):
        return False
    own = frozenset(map(family_name, families))
    owners = {name: store.owners(root, name) for name in names}
    if any(_is_shared(name, owners[name], own) for name in names):
        return False
    new = [folded_name(name) for name in names if not owners[name]]
    if plan.shards and any(key.startswith(f"{FOLDER}/") for key in new):
        return False
    return not new or _are_free(new, keys, sorted(map(folded_name, kept)))


def _is_shared(name: str, owners: Iterable[str], families: AbstractSet[str]) -> bool:
    """Whether the output ``name`` belongs to others than ``families``, too; two share cards may be
    one."""
    return not families >= frozenset(owners) and not name.startswith(SHARE)


def _are_free(new: Sequence[str], keys: AbstractSet[str], taken: Sequence[str]) -> bool:
    """Whether the files ``new``, which are among ``keys``, and their folders are none of ``taken``,
    which is sorted, nor the reverse."""
    near = {*keys, *taken}
    for key in new:
        after = bisect_left(taken, f"{key}/")
        is_folder = after < len(taken) and taken[after].startswith(f"{key}/")
        if is_folder or not near.isdisjoint(parents(key)):
            return False
    return set(new).isdisjoint(taken)
