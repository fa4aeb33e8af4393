"""The index of the last build holds where no article is shown elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.build import build
from sitegen.engine.inputs import find_inputs
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import last_state
from sitegen.engine.site_index import FEW, holds, last_build, outlines_of
from tests.conftest import NOW, SITE, Digest
from tests.engine.in_process import loaded


def title(digest: Digest) -> None:
    digest.article("a", title="Another title")


def body(digest: Digest) -> None:
    digest.article("a", body="Another text.")


def same_title(digest: Digest) -> None:
    digest.article("a", title="b")


def tags(digest: Digest) -> None:
    digest.article("a", more="tags: [ebb]\n")


def draft(digest: Digest) -> None:
    digest.article("a", more="status: draft\n")


def new(digest: Digest) -> None:
    digest.article("new")


def gone(digest: Digest) -> None:
    (digest.root / "content/world/b.md").unlink()


def config(digest: Digest) -> None:
    digest.write("site.yaml", PLAIN + "description: D\n")


def theme(digest: Digest) -> None:
    digest.write("theme/templates/404.html", "gone")


def many(digest: Digest) -> None:
    for number in range(FEW + 1):
        digest.article(f"m{number}")


PLAIN = SITE + "stories: {kind: key}\n"
LATER = "2026-11-25T12:00:00+00:00"


@pytest.mark.parametrize(
    ("edit", "options", "known", "same"),
    [
        (body, {}, True, True),
        (title, {}, True, True),
        (same_title, {}, True, False),
        (tags, {}, True, False),
        (draft, {}, True, False),
        (new, {}, True, False),
        (gone, {}, True, False),
        (many, {}, True, False),
        (body, {"now": LATER}, True, True),
        (body, {"now": "2026-11-23T12:00:00+00:00"}, True, False),
        (body, {"verify": True}, False, False),
        (body, {"drafts": True}, False, False),
        (config, {}, False, False),
        (theme, {}, False, False),
    ],
)
def test_when_the_last_index_holds(
    digest: Digest,
    edit: Callable[[Digest], None],
    options: dict[str, object],
    known: bool,
    same: bool,
) -> None:
    digest.write("site.yaml", PLAIN)
    for name in "ab":
        digest.article(name)
    build(BuildOptions(str(digest.root), NOW, jobs=1))
    edit(digest)
    with loaded(digest.root, **options) as context:
        inputs = find_inputs(context)
        changes = find_changes(context, inputs.sources)
        last = last_build(context, last_state(context.store, context.output), inputs)
        before = outlines_of(context, changes) if last else {}
        read_changes(context, changes)
        assert bool(last) is known
        assert bool(last and holds(context, last, changes, before)) is same
