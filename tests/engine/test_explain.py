"""Why an output would or would not be rebuilt."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.engine.build import build
from sitegen.engine.clean import clean
from sitegen.engine.explain import explain
from sitegen.engine.options import BuildOptions, output_folder
from tests.conftest import NOW, Digest


@pytest.mark.parametrize(
    ("page", "lines"),
    [
        ("/", ["output/index.html", "template "]),
        ("index.html", ["output/index.html", "template "]),
        ("output/404.html", ["output/404.html", "belongs to 404 page"]),
        ("/world", ["output/world/index.html", "template "]),
        ("feed.xml", ["output/feed.xml", "written without a template"]),
        ("n.txt", ["output/n.txt", "copied from "]),
    ],
)
def test_explanations(digest: Digest, page: str, lines: list[str]) -> None:
    digest.article("a")
    digest.write("static/n.txt", "n")
    options = BuildOptions(str(digest.root), NOW, jobs=1)
    said = explain(options, page)
    assert all(any(line.strip().startswith(text) for line in said) for text in lines)
    assert said[-1] == "  would be rebuilt: new"
    assert not (digest.root / "output").exists()
    build(options)
    assert explain(options, page)[-1].startswith("  would not be rebuilt")


def test_a_page_that_the_site_does_not_have(digest: Digest) -> None:
    with pytest.raises(SitegenError) as caught:
        explain(BuildOptions(str(digest.root), NOW), "404.htm")
    assert caught.value.diagnostics[0].help == "did you mean `404.html`?"


@pytest.mark.parametrize("dry_run", [True, False])
def test_clean_removes_only_our_files(digest: Digest, dry_run: bool) -> None:
    options = BuildOptions(str(digest.root), NOW, jobs=1)
    output = output_folder(options)
    build(options)
    ours = len(digest.tree())
    digest.write("output/mine.txt", "mine")
    assert clean(digest.root, output, dry_run)[:2] == (ours, 1)
    assert len(digest.tree()) == (ours + 1 if dry_run else 1)
    assert (digest.root / ".sitegen-cache").exists() is dry_run
    assert (output / "mine.txt").read_text() == "mine"
