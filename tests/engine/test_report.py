"""The report adds up what was made."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import problem
from sitegen.engine.output import Published
from sitegen.engine.report import report, template_seconds
from sitegen.engine.staging import Made
from tests.conftest import Digest
from tests.engine.in_process import loaded, prepared


@pytest.mark.parametrize(
    ("made", "seconds"),
    [
        ([], []),
        ([("a.html", 0.1), ("b.html", 0.5), ("a.html", 0.2)], [("b.html", 0.5), ("a.html", 0.3)]),
        ([("", 0.1), ("a.html", 0.1)], [("(copies)", 0.1), ("a.html", 0.1)]),
    ],
)
def test_seconds_of_templates(
    made: list[tuple[str, float]], seconds: list[tuple[str, float]]
) -> None:
    files = [Made("x", template, "", spent) for template, spent in made]
    assert list(template_seconds(files).items()) == seconds


def test_a_report(digest: Digest) -> None:
    digest.article("a")
    work = prepared(digest.root)
    problems = [problem("x", "m", "b"), problem("x", "m", "a")]
    with loaded(digest.root) as context:
        unpublished = report(context, work, problems)
        published = report(context, work, problems, (), Published(("a", "b"), {}))
    assert (unpublished.articles, unpublished.written, unpublished.unchanged) == (1, 0, 0)
    assert not unpublished.published and unpublished.changed == ()
    assert [p.path for p in unpublished.diagnostics] == ["a", "b"]
    assert (published.written, published.unchanged) == (2, len(work.keys) - 2)
    assert published.changed == ("a", "b") and published.reasons["index.html"] == "new"
