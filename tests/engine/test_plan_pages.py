"""Workers plan batches of families, and hand over keys and cards with them."""

from __future__ import annotations

import msgspec

from sitegen.engine import stages
from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.inputs import find_inputs
from sitegen.engine.output import files_there
from sitegen.engine.page_keys import page_keys
from sitegen.engine.plan_pages import PlanJob, PlannedFamilies
from sitegen.model.output import PlannedPage
from sitegen.pages.kinds import all_keys
from sitegen.pages.plan import planner
from tests.conftest import Digest
from tests.engine.in_process import loaded


def test_a_batch_is_planned_as_in_one_process(digest: Digest) -> None:
    for name in "ab":
        digest.article(name, more="tags: [ebb]\n")
    with loaded(digest.root) as context:
        inputs = find_inputs(context)
        changes = find_changes(context, inputs.sources)
        read_changes(context, changes)
        now = stages.scene(context, inputs, changes, files_there(context), None, None)
        context.store.commit()
        families = [key for key in all_keys(now.given) if key[0] in ("article", "list")]
        whole = planner(now.given, ())(families)
        job = PlanJob(now.source, context.closures, now.frames, str(context.root))
        (made,) = job.start()(families)
        assert made.keys == page_keys(whole, context.closures, now.frames, context.root)
        assert [page.output for page in made.plan.pages] == [page.output for page in whole.pages]
        assert all(isinstance(page, PlannedPage) for page in made.plan.pages)
        assert made.plan.owners == whole.owners and made.plan.entries == whole.entries
        assert {path.rpartition("/")[2] for path in made.cards} == {"a.md", "b.md"}
        encoded = msgspec.msgpack.encode(made)
        assert msgspec.msgpack.decode(encoded, type=PlannedFamilies) == made
