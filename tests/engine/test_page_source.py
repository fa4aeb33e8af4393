"""Views are made again from the cache, in any process."""

from __future__ import annotations

import pickle

from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.cache import Records
from sitegen.engine.inputs import find_inputs
from sitegen.engine.page_source import PageSource, moment_shown, without_views
from sitegen.engine.site_index import new_index
from sitegen.engine.stages import WHOLE
from sitegen.model.output import PlannedPage
from sitegen.pages.kinds import all_keys
from sitegen.pages.plan import planner
from tests.conftest import Digest
from tests.engine.in_process import loaded


def test_pages_without_views_are_made_again(digest: Digest) -> None:
    for name in "ab":
        digest.article(name, more="tags: [ebb]\n")
    with loaded(digest.root) as context:
        inputs = find_inputs(context)
        read_changes(context, find_changes(context, inputs.sources))
        index = new_index(context, inputs, (), None)
        source = PageSource(
            str(context.store.path), index, context.theme, context.config, (), (), False
        )
        given, problems = source.given(context.store)
        keys = [key for key in all_keys(given) if key[0] not in WHOLE]
        whole = planner(given, ())(keys)
        again = pickle.loads(pickle.dumps(source)).open(Records(source.store))  # noqa: S301
        light = without_views(whole)
        assert problems == []
        for planned, page in zip(light.pages, whole.viewed(), strict=True):
            assert isinstance(planned, PlannedPage)
            assert page in again([planned.key]).viewed()
            assert (planned.output, planned.moment) == (page.output, moment_shown(page.view))
        assert not light.viewed()
