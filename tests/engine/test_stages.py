"""The stages between reading and rendering, in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.engine import stages
from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.build import build, prepare
from sitegen.engine.inputs import find_inputs
from sitegen.engine.options import BuildOptions
from sitegen.engine.site_images import author_photos
from sitegen.engine.site_index import new_index
from sitegen.model.output import Page
from tests.conftest import NOW, SITE, Digest
from tests.engine.in_process import loaded, prepared
from tests.engine.test_make_images import png

PERSON = "---\nname: Ann Ames\nphoto: /world/ann.png\n---\nBio.\n"


@pytest.mark.parametrize(
    ("settings", "copied", "made"),
    [
        ("", {"ann.png"}, {16}),
        ("images: {originals: true}\n", {"ann.png", "p.png"}, {16}),
    ],
)
def test_images_of_published_articles(
    digest: Digest, settings: str, copied: set[str], made: set[int]
) -> None:
    settings = settings or "images: {originals: false}\n"
    digest.write("site.yaml", SITE + settings.replace("}", ", widths: [16]}"))
    digest.write("content/authors/ann.md", PERSON)
    for name in ("p", "draft", "ann", "unused"):
        digest.write(f"content/world/{name}.png", png())
    digest.article("a", body="![P](p.png)")
    digest.article("b", body="![D](draft.png)", more="status: draft\n")
    with loaded(digest.root) as context:
        inputs = find_inputs(context)
        read_changes(context, find_changes(context, inputs.sources))
        index = new_index(context, inputs, (), None)
        assert author_photos(index.site, context.config) == {"/world/ann.png"}
    assert {found.path.rpartition("/")[2] for found in index.copied} == copied
    assert {job.width for job in index.sized} >= made
    assert {job.source for job in index.sized} == {"content/world/p.png"}
    assert index.problems == ()


def test_a_later_build_reports_the_problems_of_the_first(digest: Digest) -> None:
    digest.article("a", body="[gone](gone.md)")
    problems: list = []
    with loaded(digest.root) as context:
        work = prepare(context, problems)
    assert [p.code for p in work.state.standing] == [p.code for p in problems] == ["link"]
    assert any(isinstance(item, Page) and "/a/" in item.output for item in work.plan.items())
    assert list(context.clock.stages) == "load discover parse resolve plan decide".split()


def test_pages_that_workers_plan_are_the_same(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest.write("site.yaml", SITE + "feeds: {ninjs: true}\nshare: {cards: all}\n")
    for name in "abcd":
        digest.article(name, more=f"tags: [ebb]\naliases: [/old-{name}/]\n")
    trees = []
    for many in (stages.MANY, 0):
        monkeypatch.setattr(stages, "MANY", many)
        output = Path(digest.root, f"output-{many}")
        build(BuildOptions(str(digest.root), NOW, str(output), jobs=1))
        trees.append(
            {
                path.relative_to(output): path.read_bytes()
                for path in output.rglob("*")
                if path.is_file()
            }
        )
    assert trees[0] == trees[1] and len(trees[0]) > 30


def test_an_edit_plans_only_what_it_touches(digest: Digest) -> None:
    for name in "ab":
        digest.article(name)
    digest.build()
    digest.article("a", title="Another title")
    assert prepared(digest.root).families
