"""The short cuts of a build: what is taken from the last one. A build without them makes the same.

- Where only bodies have changed, the pages that show them are taken from the cache (`only_bodies`).
- A process that builds again and again (`serve`) remembers articles, keys and files (`Recent`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from sitegen.content.article import Parsed
from sitegen.content.discover import Found
from sitegen.engine.cache import Reading
from sitegen.engine.context import BuildContext
from sitegen.engine.inputs import BuildInputs
from sitegen.engine.output import State, Work, current_state, files_there
from sitegen.engine.page_keys import page_keys
from sitegen.engine.staleness import decide
from sitegen.model.base import Struct
from sitegen.model.output import Page, Plan
from sitegen.model.views import SiteContext
from sitegen.pages.kinds import with_body
from sitegen.pages.queries import with_answers
from sitegen.plugins import Plugin, hook

FEW = 50  # changed articles up to which it is worth looking whether only their bodies have changed


class LastBuild(Struct, frozen=True):
    """The last build, where it was made from what there is now except a few files of articles.

    ``before`` holds those articles as they were, None for one that is new.
    """

    state: State
    before: tuple[Parsed | None, ...]


def last_build(
    context: BuildContext, state: State | None, inputs: BuildInputs, fresh: Sequence[Found]
) -> LastBuild | None:
    """The last build, which ``state`` describes, if its plan may still hold.

    Asked before the articles in ``fresh`` are read, as their records are overwritten then.
    """
    if context.options.verify or any(map(_sees_articles, context.plugins)):
        return None
    state = current_state(state, inputs.signature, context.now)
    if state is None or len(fresh) > FEW:
        return None
    if fresh and context.searched:
        return None  # a search index holds the words of its articles
    if not {found.path for found in fresh}.isdisjoint(state.compared):
        return None
    return LastBuild(state, tuple(context.store.record(found.path) for found in fresh))


def _sees_articles(plugin: Plugin) -> bool:
    """Whether a plugin may show anything of any article, also its body, on any page."""
    return bool(hook(plugin, "add_pages") or hook(plugin, "queries"))


def only_bodies(context: BuildContext, last: LastBuild, parsed: dict[str, Parsed]) -> Work | None:
    """The work left where no article has changed but in its body, else None.

    Then every page is planned as it was, except for the bodies it shows; those pages are
    remembered.
    """
    changed = []
    linked = {d.path for d in last.state.diagnostics if d.code == "link"}
    for before in last.before:
        after = parsed[before.path] if before else None
        if before and before.path in linked:
            return None  # the lines that these warnings name may be others now
        if not before or not after or not same_but_body(before, after):
            return None
        if after.document and before.document != after.document:
            changed.append(after.document)
    pages: dict[str, Page] = {}
    for document in changed:
        for data in context.store.pages_showing(str(context.output), document.path):
            page = msgspec.msgpack.decode(data, type=Page)
            pages[page.output] = with_body(pages.get(page.output, page), document)
    return _work(context, last.state, pages)


def _work(context: BuildContext, state: State, pages: dict[str, Page]) -> Work | None:
    """The work of a build whose plan is the last one but for ``pages``; None in any doubt."""
    plan = Plan(tuple(pages.values()), ())
    known = files_there(context)
    if known.fault:
        return None  # a file that is not known to be ours may be gone, and nobody would notice
    closures = with_answers(context.closures, context.queries, state.answers)
    keys = {name: trace.key for name, trace in known.traces.items()}
    keys |= page_keys(plan, closures, state.frame, context.output)
    wanted = decide(plan, keys, known.traces, known.existing)
    if wanted.reasons.keys() - pages.keys() or "" in keys.values():
        return None  # a file in output/ is gone or was changed: what it showed is not remembered
    return Work(context.theme, state, plan, keys, known, wanted)


def same_but_body(before: Parsed, after: Parsed) -> bool:
    """Whether an article is as it was in all that a page other than those with its body may
    show."""
    if not before.document or not after.document or before.diagnostics != after.diagnostics:
        return before == after
    body = {"body_digest": after.document.body_digest, "words": after.document.words}
    encode = msgspec.msgpack.encode  # for Python 1 is equal to True, which `extra` may hold
    return encode(msgspec.structs.replace(before.document, **body)) == encode(after.document)


# What a process remembers, else the cache --------------------------------------------------------
def last_readings(context: BuildContext) -> Mapping[str, Reading]:
    """Of every remembered article how its file was when it was read."""
    recent, store = context.recent, context.store
    return recent.readings(store) if recent else store.articles()


def remember_readings(context: BuildContext, paths: Iterable[str]) -> None:
    """Note that the articles at ``paths`` have been read or forgotten."""
    if context.recent:
        context.recent.changed(context.store, paths)


def last_records(context: BuildContext, parsed: dict[str, Parsed] | None) -> Mapping[str, Parsed]:
    """Every remembered article; ``parsed`` are all of them, where all have just been read."""
    if context.recent:
        return context.recent.records(context.store)
    return context.store.records() if parsed is None else parsed


def keys_of(
    context: BuildContext, plan: Plan, closures: dict[str, str], shared: SiteContext
) -> dict[str, str]:
    """The key of every output of ``plan``."""
    make = context.recent.keys if context.recent else page_keys
    return make(plan, closures, shared, context.root)
