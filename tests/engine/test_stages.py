"""The stages between reading and rendering, in their order."""

from __future__ import annotations

import pytest

from sitegen.engine.articles import find_changes, read_changes, recall
from sitegen.engine.build import prepare
from sitegen.engine.closed_editions import closed_editions
from sitegen.engine.inputs import find_inputs
from sitegen.engine.related import related_articles
from sitegen.engine.site_images import author_photos, with_images
from sitegen.engine.stages import resolve_site
from sitegen.model.output import Page
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded
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
        parsed = read_changes(context, find_changes(context, inputs.sources))
        documents, _ = recall(context, inputs.sources, parsed)
        site, _ = resolve_site(context, inputs, documents)
        images, problems = with_images(context, site, inputs, set())
        assert author_photos(site, context.config) == {"/world/ann.png"}
    assert {found.path.rpartition("/")[2] for found in images.copied} == copied
    assert {job.width for job in images.made} >= made
    assert {job.source for job in images.made} == {"content/world/p.png"}
    assert problems == []


def test_closed_editions_are_read_again_where_one_changes(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "editions: {kind: weekly}\n")
    numbers = []
    for number, options in ((7, {}), (8, {}), (8, {"verify": True})):
        record = f"number: {number}\npublished: 2026-11-20\narticles: [content/world/a.md]\n"
        digest.write("content/editions/2026-w47.yaml", record)
        with loaded(digest.root, **options) as context:
            (edition,), problems = closed_editions(context, find_inputs(context).closed)
        numbers.append(edition.number)
        assert problems == []
    assert numbers == [7, 8, 8]


def test_related_articles_are_kept_from_build_to_build(digest: Digest) -> None:
    for name in "abc":
        digest.article(name, title=f"Harbour quay {name}", more="tags: [harbour, quay]\n")
    found = []
    for options in ({}, {}, {"verify": True}):
        with loaded(digest.root, **options) as context:
            inputs = find_inputs(context)
            parsed = read_changes(context, find_changes(context, inputs.sources))
            documents, _ = recall(context, inputs.sources, parsed)
            site, _ = resolve_site(context, inputs, documents)
            found.append(related_articles(context, site))
            assert context.store.kept("related")
    assert found[0] == found[1] == found[2] and len(found[0]) == 3


def test_a_later_build_reports_the_problems_of_the_first(digest: Digest) -> None:
    digest.article("a", body="[gone](gone.md)")
    problems: list = []
    with loaded(digest.root) as context:
        work = prepare(context, problems)
    assert [p.code for p in work.state.diagnostics] == [p.code for p in problems] == ["link"]
    assert any(isinstance(item, Page) and "/a/" in item.output for item in work.plan.items())
    assert list(context.clock.stages) == "load discover parse recall resolve plan decide".split()
