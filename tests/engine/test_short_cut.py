"""The short cut is taken where only bodies have changed, and in no case of doubt."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from sitegen.base.diagnostics import problem
from sitegen.content.article import Parsed
from sitegen.engine.articles import find_changes, read_changes
from sitegen.engine.build import build
from sitegen.engine.inputs import find_inputs
from sitegen.engine.options import BuildOptions
from sitegen.engine.output import last_state
from sitegen.engine.short_cut import FEW, last_build, only_bodies, same_but_body
from sitegen.model.article import Document
from tests.conftest import NOW, SITE, Digest
from tests.engine.in_process import loaded

DOCUMENT = Document("content/a.md", "A", "a", "world", "2026-11-01", 1.0, extra={"hot": 1})
BEFORE = Parsed("content/a.md", DOCUMENT, "", ())


def edited(**values: object) -> Parsed:
    document = msgspec.structs.replace(DOCUMENT, **values)
    return msgspec.structs.replace(BEFORE, document=document)


@pytest.mark.parametrize(
    ("after", "same"),
    [
        (BEFORE, True),
        (edited(body_digest="other", words=9), True),
        (edited(title="B"), False),
        (edited(extra={"hot": True}), False),
        (edited(extra={"hot": 1.0}), False),
        (msgspec.structs.replace(BEFORE, diagnostics=(problem("x", "m", "f"),)), False),
        (msgspec.structs.replace(BEFORE, document=None), False),
    ],
)
def test_an_article_that_differs_in_its_body_only(after: Parsed, same: bool) -> None:
    assert same_but_body(BEFORE, after) is same


def made(digest: Digest, **options: object) -> set[str] | None:
    """The outputs that the short cut would make; None where it is not taken."""
    with loaded(digest.root, **options) as context:
        inputs = find_inputs(context)
        changes = find_changes(context, inputs.sources)
        state = last_state(context.store, context.output)
        last = last_build(context, state, inputs, changes.fresh)
        parsed = read_changes(context, changes)
        work = only_bodies(context, last, parsed) if last else None
        return set(work.wanted.reasons) if work else None


KEPT = "summary: Kept\n"  # else it is made from the body, and lists show it


def body(digest: Digest) -> None:
    digest.article("a", body="Another text.", more=KEPT)


def summary(digest: Digest) -> None:
    digest.article("a", body="Another text.")


def title(digest: Digest) -> None:
    digest.article("a", title="Another title", more=KEPT)


def new(digest: Digest) -> None:
    digest.article("new")


def gone(digest: Digest) -> None:
    (digest.root / "content/world/b.md").unlink()


def config(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "description: D\n")


def theme(digest: Digest) -> None:
    digest.write("theme/templates/404.html", "gone")


def page_gone(digest: Digest) -> None:
    (digest.root / "output/404.html").unlink()


def manifest_gone(digest: Digest) -> None:
    (digest.root / ".output.sitegen-files").unlink()


def many(digest: Digest) -> None:
    for number in range(FEW + 1):
        digest.article(f"m{number}")


@pytest.mark.parametrize(
    ("edit", "options", "taken"),
    [
        (body, {}, True),
        (body, {"verify": True}, False),
        (body, {"drafts": True}, False),
        (body, {"now": "2026-11-23T12:00:00+00:00"}, False),
        (summary, {}, False),
        (title, {}, False),
        (new, {}, False),
        (gone, {}, False),
        (config, {}, False),
        (theme, {}, False),
        (page_gone, {}, False),
        (manifest_gone, {}, False),
        (many, {}, False),
    ],
)
def test_when_the_short_cut_is_taken(
    digest: Digest, edit: Callable[[Digest], None], options: dict[str, object], taken: bool
) -> None:
    digest.article("a", more=KEPT)
    digest.article("b")
    build(BuildOptions(str(digest.root), NOW, jobs=1))
    edit(digest)
    outputs = made(digest, **options)
    assert (outputs is not None) is taken
    if outputs is not None:
        assert any(name.endswith("/a/index.html") for name in outputs)
        assert "index.html" not in outputs
