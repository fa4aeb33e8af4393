"""Which folders may be written to: the same rule for builds, targets and `clean`."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.engine.places import refusal
from sitegen.engine.site_folder import check_output
from tests.conftest import SITE, Digest

REFUSED = [
    ".",
    "..",
    "/",
    "articles/2026",
    "articles/2026/new",
    "articles",
    "ARTICLES/2026",
    "articles/2026/../../articles/2026",
    "static",
    "static/x",
    "themes",
    "Themes/x",
    "theme",
    "plugins",
    "plugins/x",
    "archetypes",
    ".git",
    ".git/x",
    "sub/.git/x",
    ".GIT",
    ".github/x",
    ".hg",
    ".sitegen-cache",
    ".sitegen-cache/x",
    "linked",
    "linked/x",
    "to-static",
    "../other",
    "../dev",
    "../dev/templates",
    "x/../static",
    "data",
    "DATA/new",
    ".venv",
    "sub/node_modules/x",
    ".output.sitegen-staging",
    ".output.sitegen-files/x",
    ".sitegen-cache/deploy/x",
    ".sitegen-cache/preview",
]
ALLOWED = [
    "output",
    "public",
    "docs",
    "../live",
    "../live/articles",
    "x/static",
    "articles-2",
    ".vercel/output/static",
    "staticfiles",
]


@pytest.fixture
def site(tmp_path: Path) -> Digest:
    """A site with sources of every kind, some of them behind links."""
    root = tmp_path / "site"
    root.mkdir()
    out = Digest(root)
    out.write("site.yaml", SITE + "content: articles/2026\n")
    out.write(
        "articles/2026/world/a.md",
        "---\ntitle: A\ndate: 2026-11-01\nauthors: [Ann]\n---\n\nText.\n",
    )
    for name in ("static", "plugins", "themes"):
        (root / name).mkdir()
    (tmp_path / "dev/templates").mkdir(parents=True)
    (root / "themes/dev").symlink_to(tmp_path / "dev")
    (root / "linked").symlink_to(root / "articles/2026")
    (root / "to-static").symlink_to("static")
    (tmp_path / "other").mkdir()
    (tmp_path / "other/site.yaml").write_text(SITE)
    return out


@pytest.mark.parametrize("name", REFUSED)
def test_a_folder_of_sources_is_refused_under_any_name(site: Digest, name: str) -> None:
    assert refusal(site.root, site.root / name, "articles/2026")


def test_a_build_may_go_where_sitegen_itself_builds(site: Digest) -> None:
    folder = site.root / ".sitegen-cache/preview"
    assert refusal(site.root, folder, "articles/2026", own_outputs=True) == ""


@pytest.mark.parametrize("name", ALLOWED)
def test_any_other_folder_may_be_written_to(site: Digest, name: str) -> None:
    assert refusal(site.root, site.root / name, "articles/2026") == ""


def test_a_linked_site_has_the_same_sources(site: Digest, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site.root)
    assert refusal(tmp_path / "link", site.root / "static", "articles/2026")
    assert refusal(site.root, tmp_path / "link/static", "articles/2026")


def test_a_site_may_lie_in_a_hidden_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / ".github/site", tmp_path / ".github/site/output", "content") == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["articles", "plugins", ".git/x", "linked", "."])
def test_builds_and_clean_refuse_it(site: Digest, name: str) -> None:
    before = sorted(site.root.rglob("*"))
    for command in ("build", "clean"):
        assert "not a folder for output" in site.run(command, "-o", name, expect=2).stderr
    assert [p for p in sorted(site.root.rglob("*")) if ".sitegen-cache" not in p.parts] == before


def test_output_that_is_a_link_is_refused_with_where_it_leads(site: Digest) -> None:
    (site.root / "www").symlink_to(site.root.parent / "web")
    (site.root.parent / "web").mkdir()
    with pytest.raises(SitegenError) as refused:
        check_output(site.root, site.root / "www", "articles/2026")
    text = str(refused.value.diagnostics)
    assert "is a link" in text
    assert f"-o {site.root.parent / 'web'}" in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "articles/2026",
        "ARTICLES/2026",
        "themes",
        "plugins/x",
        "linked",
        "output",
        "output/x",
        "../site",
    ],
)
@pytest.mark.parametrize("switch", ["true", "false"])
def test_deployments_refuse_it(site: Digest, name: str, switch: str) -> None:
    target = f"deploy: {{live: {{kind: folder, path: {name}, switch: {switch}}}}}\n"
    site.write("site.yaml", SITE + "content: articles/2026\n" + target)
    assert "deploy.live.path" in site.run("deploy", "--prune", expect=2).stderr
    assert (site.root / "articles/2026/world/a.md").exists()
