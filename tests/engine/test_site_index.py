"""The index of the last build follows edits that decide nothing of other articles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.build import build
from sitegen.engine.inputs import find_inputs
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import last_state
from sitegen.engine.site_index import FEW, followed_index, last_build, new_index, outlines_of
from tests.conftest import NOW, SITE, Digest
from tests.engine.in_process import loaded


def title(digest: Digest) -> None:
    digest.article("a", title="Another title")


def body(digest: Digest) -> None:
    digest.article("a", body="Another text.")


def same_title(digest: Digest) -> None:
    digest.article("a", title="b")


def same_original(digest: Digest) -> None:
    for name in "ab":
        digest.article(name, more="source: {url: https://post.example/1}\n")


def own_image(digest: Digest) -> None:
    digest.article("a", more="image: /world/a.png\n")


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
    ("edit", "options", "known", "alone"),
    [
        (body, {}, True, True),
        (title, {}, True, True),
        (same_title, {}, True, False),
        (same_original, {}, True, False),
        (tags, {}, True, True),
        (own_image, {}, True, False),
        (draft, {}, True, True),
        (new, {}, True, True),
        (gone, {}, True, True),
        (many, {}, True, False),
        (body, {"now": LATER}, True, True),
        (body, {"now": "2026-11-23T12:00:00+00:00"}, True, False),
        (body, {"verify": True}, False, False),
        (body, {"drafts": True}, False, False),
        (config, {}, False, False),
        (theme, {}, False, False),
    ],
)
def test_when_the_last_index_follows_an_edit(
    digest: Digest,
    edit: Callable[[Digest], None],
    options: dict[str, object],
    known: bool,
    alone: bool,
) -> None:
    digest.write("site.yaml", PLAIN)
    for name in "ab":
        digest.article(name)
    digest.write("content/world/a.png", b"\x89PNG")
    build(BuildOptions(str(digest.root), NOW, jobs=1))
    edit(digest)
    with loaded(digest.root, **options) as context:
        inputs = find_inputs(context)
        changes = find_changes(context, inputs.sources)
        last = last_build(context, last_state(context.store, context.output), inputs)
        before = outlines_of(context, changes)
        read_changes(context, changes)
        assert bool(last) is known
        index = followed_index(context, last, inputs, before) if last else None
        assert bool(index) is alone
        if index:
            made = new_index(context, inputs, (), None)
            assert index.marks == made.marks and index.site.listings == made.site.listings
