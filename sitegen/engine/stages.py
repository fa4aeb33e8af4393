"""The stages between reading articles and making pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import partial

import msgspec
from msgspec.structs import replace

from sitegen.base.diagnostics import Diagnostic
from sitegen.base.text import digest
from sitegen.content.addresses import Address, read_addresses
from sitegen.engine.articles import ChangedArticles
from sitegen.engine.context import BuildContext
from sitegen.engine.dead_links import dead_links
from sitegen.engine.dead_menus import dead_entries, lost_entries
from sitegen.engine.inputs import BuildInputs
from sitegen.engine.kept import (
    SHARE,
    gone_outputs,
    is_apart,
    kept_plan,
    moved_families,
    planned_families,
    spoilt,
)
from sitegen.engine.lost_names import vain_in_settings
from sitegen.engine.output import (
    INDEXES,
    KnownFiles,
    State,
    Work,
    manifest_note,
)
from sitegen.engine.page_keys import page_keys
from sitegen.engine.page_source import PageSource
from sitegen.engine.places import CACHE
from sitegen.engine.plan_pages import PlanJob, PlannedFamilies
from sitegen.engine.search_index import indexes
from sitegen.engine.site_data import site_data
from sitegen.engine.site_index import LastBuild, new_index
from sitegen.engine.staleness import decide, publishable
from sitegen.model.base import Struct
from sitegen.model.output import ImageJob, Key, Plan
from sitegen.model.views import Answers, SiteContext
from sitegen.pages.collisions import collisions
from sitegen.pages.kinds import PlanInput, all_keys
from sitegen.pages.menus import LostEntry
from sitegen.pages.moved import MovedUrls, moved_pages
from sitegen.pages.plan import INDEX, Kept, joined, plan_rest, planner, with_shards
from sitegen.pages.queries import answers, with_answers, with_data
from sitegen.pages.search import FOLDER
from sitegen.pages.site_context import frames, site_menus
from sitegen.pages.touched import differing, touched
from sitegen.site.index import SiteIndex
from sitegen.site.links import link_name

PASSING = ("cache", "recovered", "clock")  # codes of what is true of one build only


UNLINKED = (SHARE, f"{FOLDER}/")  # outputs that no article links to
MANY = 5_000  # families of pages up to which the views of all are kept in memory
WHOLE = ("search", "plugins")  # families whose views depend on every article


class Scene(Struct, frozen=True):
    """All that a plan is made from: ``last`` is the last build, where it counts, and ``followed``
    says whether the present index was made from that one."""

    inputs: BuildInputs
    changes: ChangedArticles
    last: LastBuild | None
    followed: bool
    source: PageSource
    given: PlanInput
    standing: tuple[Diagnostic, ...]  # what is wrong with the index
    known: KnownFiles
    frames: dict[str, SiteContext]
    answers: Answers
    rows: tuple[Address, ...] = ()  # published URLs, where the index is a new one

    @property
    def frame(self) -> SiteContext:
        """The context in the language of the site."""
        return self.frames[""]

    @property
    def index(self) -> SiteIndex:
        return self.source.index

    @property
    def holds(self) -> bool:
        """Whether the index is that of the last build."""
        return self.last is not None and self.index is self.last.index


def scene(
    context: BuildContext,
    inputs: BuildInputs,
    changes: ChangedArticles,
    known: KnownFiles,
    last: LastBuild | None,
    followed: SiteIndex | None,
) -> Scene:
    """The site as it is now, by the index that has ``followed`` that of the last build, else by a
    new one."""
    store, theme, config = context.store, context.theme, context.config
    rows: tuple[Address, ...] = ()
    odd: list[Diagnostic] = []
    if followed:
        index = followed
    else:
        rows, odd = read_addresses(context.root)
        index = new_index(context, inputs, rows, last.index.related if last else None)
    store.forget_cards()
    source = PageSource(
        str(store.path),
        index,
        theme,
        config,
        inputs.static,
        inputs.sources.media,
        context.options.preview,
    )
    given, problems = source.given(store)
    data, broken = site_data(context)
    shown = frames(given.site, theme, config, index.translated)
    return Scene(
        inputs=inputs,
        changes=changes,
        last=last,
        followed=followed is not None,
        source=source,
        given=given,
        standing=(
            *inputs.passed_over,
            *odd,
            *broken,
            *index.problems,
            *problems,
            *lost_entries(context.root, _lost(given, shown)),
        ),
        known=known,
        frames=shown,
        answers=replace(answers(given.site, context.queries, context.plugins), data=data),
        rows=rows,
    )


def _lost(given: PlanInput, languages: Iterable[str]) -> Iterator[LostEntry]:
    """The entries of menus that lead nowhere, in each language of the site."""
    for lang in languages:
        _, lost = site_menus(given.site, given.theme, given.config, given.translated, lang)
        yield from lost


def touched_families(context: BuildContext, scene: Scene) -> frozenset[Key] | None:
    """The families of pages that must be planned again; None for all."""
    last = scene.last
    if last is None or scene.known.fault or _shown_by_all(scene) != _shown_by_all(last.state):
        return None
    again = spoilt(context.store, str(context.output), scene.known)
    if again is None:
        return None
    if scene.holds and not scene.changes.paths:
        return again
    changed = differing(last.index, scene.index, scene.changes.paths)
    dated = "archive.html" in context.theme.templates
    return again | touched(last.index, scene.index, changed, context.config, dated)


def _shown_by_all(known: Scene | State) -> str:
    """What any page may show, as text: for Python 1 is equal to True, and what is encoded may or
    may not have what is as by default."""
    encode = msgspec.msgpack.Encoder(order="deterministic").encode
    kept = tuple[dict[str, SiteContext], Answers]
    return repr(msgspec.msgpack.decode(encode((known.frames, known.answers)), type=kept))


def plan_touched(context: BuildContext, scene: Scene) -> tuple[Work | None, list[Diagnostic]]:
    """What must be made of the families of pages that are touched, and what is wrong; None where
    only a plan of everything is safe."""
    store, root, last = context.store, str(context.output), scene.last
    families = touched_families(context, scene)
    if families is None or last is None:
        return None, []
    if not families:
        state = last.state
        return _work(context, scene, Plan((), ()), {}, families, state.standing, state.moved)
    before = () if scene.followed else moved_families(store, root)
    kept = kept_plan(store, root, families.union(before), files=not scene.holds)
    given = with_shards(scene.given)
    part = planner(given, scene.inputs.static)(sorted(families, key=str))
    planned = with_index(context, joined([part, _rest(scene, given, [part], kept)]))
    families = planned_families(planned, kept)
    gone = gone_outputs(store, root, planned, families)
    others = scene.known.traces.keys() - gone - planned.owners.keys()
    moved = _moved(scene, given, {*others, *planned.owners})
    planned = joined([planned, moved.plan])
    gone -= moved.plan.owners.keys()
    if not is_apart(store, root, planned, families, others):
        return None, []
    new = planned.owners.keys() - scene.known.traces.keys()
    if scene.followed and any(_is_named(name, scene, last) for name in gone | new):
        return None, []
    standing = (*_standing(context, scene, planned, others), *moved.problems)
    keys = _keys(context, scene, _closures(context, scene))(planned)
    urls = last.state.moved if scene.followed else moved.urls
    return _work(context, scene, planned, keys, families, standing, urls, gone)


def plan_everything(
    context: BuildContext, scene: Scene, views: bool = False
) -> tuple[Work, list[Diagnostic]]:
    """What must be made of all that output/ holds, and what is wrong.

    Where there are many pages the workers plan them, and their views are not kept, unless all
    ``views`` are asked for.
    """
    given = with_shards(scene.given)
    closures = _closures(context, scene)
    keys_of = _keys(context, scene, closures)
    families = list(all_keys(given))
    many = len(families) > MANY and not views
    own = [key for key in families if key[0] in WHOLE] if many else families
    parts = [planner(given, scene.inputs.static)(own)]
    keys = keys_of(parts[0])
    if many:
        job = PlanJob(scene.source, closures, scene.frames, str(context.root))
        others = [key for key in families if key[0] not in WHOLE]
        for some in _planned_by_workers(context, job, others):
            parts.append(some.plan)
            keys |= some.keys
    rest = _rest(scene, given, parts, None)
    planned = joined([*parts, rest])
    moved = _moved(scene, given, planned.owners.keys())
    rest, planned = joined([rest, moved.plan]), joined([planned, moved.plan])
    problems = [*collisions(planned), *moved.problems]
    planned = with_index(context, planned)
    keys |= keys_of(msgspec.structs.replace(rest, indexed=planned.indexed))
    standing = (*_standing(context, scene, planned, ()), *problems)
    return _work(context, scene, planned, keys, None, standing, moved.urls)


def _planned_by_workers(
    context: BuildContext, job: PlanJob, families: Sequence[Key]
) -> Iterator[PlannedFamilies]:
    """The plan of ``families`` in parts.

    Those of articles come first: they make the cards, which the others read.
    """
    articles = [key for key in families if key[0] == "article"]
    others = [key for key in families if key[0] != "article"]
    done = 0
    context.store.commit()
    for some in (articles, others):
        cards: dict[str, bytes] = {}  # nothing is written while the workers read
        for planned in context.pool.run(job, some):
            cards |= planned.cards
            done += len(planned.plan.pages)
            context.progress("planning pages", min(done, len(families)), len(families))
            yield planned
        context.store.keep_cards(cards)
        context.store.commit()


def _moved(scene: Scene, given: PlanInput, outputs: AbstractSet[str]) -> MovedUrls:
    """What is at published URLs that are none of ``outputs``."""
    return moved_pages(given.site, given.config, given.theme.templates, scene.rows, outputs)


def _is_named(name: str, scene: Scene, last: LastBuild) -> bool:
    """Whether a link of an article that has not changed may lead to the output ``name``, or a
    redirect."""
    if name.startswith(UNLINKED):
        return False
    if last.state.moved:
        return True
    names = {f"/{name}", link_name(f"/{name}")}
    return not names.isdisjoint(scene.index.mentions | last.index.mentions)


def _rest(scene: Scene, given: PlanInput, parts: Sequence[Plan], kept: Kept | None) -> Plan:
    index = scene.index
    pictures: tuple[ImageJob, ...] = (*index.sized, *index.icons)
    return plan_rest(given, parts, index.copied, scene.inputs.static, pictures, kept)


def _closures(context: BuildContext, scene: Scene) -> dict[str, str]:
    """The digest of all that each template depends on besides the view."""
    closures = with_answers(context.closures, context.queries, scene.answers)
    return with_data(closures, context.data, scene.answers.data)


def _keys(
    context: BuildContext, scene: Scene, closures: dict[str, str]
) -> Callable[[Plan], dict[str, str]]:
    """The function from a plan to the keys of its outputs."""
    return lambda planned: page_keys(planned, closures, scene.frames, context.root)


def _standing(
    context: BuildContext, scene: Scene, planned: Plan, others: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """What is wrong with the site for as long as its index holds; ``others`` are the outputs that
    are not in ``planned``.

    Where the index has followed the last one, only the links of changed articles are looked at.
    """
    outputs = {*others, *(item.output for item in planned.items())}
    find = partial(dead_links, context, scene.inputs, scene.index.site, outputs)
    entries = dead_entries(context.root, scene.frames.values(), outputs)
    settings = vain_in_settings(context, scene.inputs, scene.index.site, outputs)
    if not scene.followed or scene.last is None:
        return (*scene.standing, *find(), *entries, *settings)
    changed = scene.changes.paths
    kept = _still_standing(scene.last.state.standing, changed)
    lost = [d for d in scene.standing if d.code == "menu"]
    return (*kept, *lost, *entries, *settings, *find(sorted(changed)))


def _still_standing(before: Iterable[Diagnostic], changed: AbstractSet[str]) -> list[Diagnostic]:
    """Those of ``before`` that are neither about what settings name, nor about links of ``changed``
    articles: these are looked at again."""
    others = [d for d in before if d.code not in ("menu", "setting")]
    return [d for d in others if d.code != "link" or d.path not in changed]


def with_index(context: BuildContext, planned: Plan) -> Plan:
    """``planned`` with the files of its search index.

    Those that the cache lacks are made, unless errors keep the build from being published.
    """
    context.clock.stage("plan")
    if not planned.shards:
        return planned
    context.store.commit()
    files = indexes(
        planned.shards,
        context.root / CACHE / INDEXES,
        context.store.texts,
        context.progress,
        context.pool,
        publishable(context.options, context.store.problems()),
    )
    context.clock.stage("search")
    owners = planned.owners | {file.output: (INDEX,) for file in files}
    return msgspec.structs.replace(planned, indexed=files, owners=owners)


def _work(
    context: BuildContext,
    scene: Scene,
    planned: Plan,
    keys: dict[str, str],
    families: frozenset[Key] | None,
    standing: tuple[Diagnostic, ...],
    moved: dict[str, str],
    gone: frozenset[str] = frozenset(),
) -> tuple[Work, list[Diagnostic]]:
    """What must be made of ``planned``, which is of ``families`` or of everything, and whose
    outputs have these ``keys``; ``moved`` is where published URLs lead, and the outputs ``gone``
    are no longer part of the site."""
    known, site = scene.known, scene.index.site
    if families is not None:
        kept = {name: trace.key for name, trace in known.traces.items() if name not in gone}
        keys = kept | keys
    wanted = decide(planned, keys, known.traces, known.existing)
    index = None if scene.holds else msgspec.msgpack.encode(scene.index)
    state = State(
        signature=scene.inputs.signature,
        now=context.now,
        due=site.due,
        frames=scene.frames,
        articles=len(site.articles),
        pages=len(site.pages),
        skipped=site.skipped,
        standing=tuple(d for d in standing if d.code not in PASSING),
        next_due=site.next_due,
        next_change=site.next_change,
        answers=scene.answers,
        moved=moved,
        index=digest(index) if index else scene.last.state.index if scene.last else "",
    )
    work = Work(context.theme, state, planned, keys, known, wanted, families, index, scene.source)
    problems = [*standing, *context.store.problems(), *manifest_note(context.output, known)]
    return work, problems
