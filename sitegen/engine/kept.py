"""What of the last plan is kept, and what of it is planned again: by look-up in the cache."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain

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
    if not all(map(is_inside, names)):
        return False
    keys = frozenset(map(folded_name, names))
    if len(keys) < len(names):
        return False
    owners = {name: store.owners(root, name) for name in names}
    new = [folded_name(name) for name in names if not owners[name]]
    if _any_shared(owners, families) or _any_index(plan, new):
        return False
    return _are_free(new, keys, kept)


def _any_shared(owners: Mapping[str, Iterable[str]], families: Iterable[Key]) -> bool:
    """Whether one of some outputs, whose families are its ``owners``, belongs to others than
    ``families``, too."""
    own = frozenset(map(family_name, families))
    return any(_is_shared(name, of_one, own) for name, of_one in owners.items())


def _any_index(plan: Plan, names: Iterable[str]) -> bool:
    """Whether ``plan`` has a search index, and one of these outputs may be of it."""
    return bool(plan.shards) and any(name.startswith(f"{FOLDER}/") for name in names)


def _is_shared(name: str, owners: Iterable[str], families: AbstractSet[str]) -> bool:
    """Whether the output ``name`` belongs to others than ``families``, too; two share cards may be
    one."""
    return not families >= frozenset(owners) and not name.startswith(SHARE)


def _are_free(new: Sequence[str], keys: Iterable[str], kept: Iterable[str]) -> bool:
    """Whether the files ``new``, which are among ``keys``, and their folders are none of the
    outputs ``kept``, nor the reverse."""
    if not new:
        return True
    taken = list(map(folded_name, kept))
    folders = set(chain.from_iterable(map(parents, new)))
    below = tuple(f"{key}/" for key in new)
    met = any(name in folders or name.startswith(below) for name in chain(keys, taken))
    return not met and set(new).isdisjoint(taken)
