"""Deployment to a folder: what travels, what goes, what stays, and what a kill leaves."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import NOW, SITE, Digest
from tests.deploy.helpers import deploy, fill, missing, remove, rows, survive_kills, tree


@pytest.fixture(params=["true", "false"])
def live(
    request: pytest.FixtureRequest, digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder outside the site, as the site's target, switched or not."""
    path = tmp_path_factory.mktemp("host") / "www"
    fill(digest, f"{{kind: folder, path: {path}, switch: {request.param}}}")
    return path


def test_the_first_deployment_is_complete_and_the_second_sends_nothing(
    digest: Digest, live: Path
) -> None:
    deploy(digest)
    assert tree(live) == digest.tree()
    assert ".well-known/security.txt" in tree(live)
    assert not missing(tree(live))
    before = {p: p.stat().st_mtime_ns for p in live.rglob("*")}
    assert "0 files sent" in deploy(digest)
    digest.run("clean")
    assert "0 files sent" in deploy(digest)
    assert {p: p.stat().st_mtime_ns for p in live.rglob("*")} == before
    assert not (live / ".sitegen-lock").exists()


def test_one_edit_sends_what_changed(digest: Digest, live: Path) -> None:
    deploy(digest)
    before = tree(live)
    digest.article("a3", "Article 3", "2026-11-04T10:00:00+01:00", "Another text.")
    report = json.loads(deploy(digest, "--json"))
    changed = {n for n, d in digest.tree().items() if before.get(n) != d}
    assert set(report["puts"]) == changed
    assert 0 < len(changed) < len(before) / 2
    assert tree(live) == digest.tree()


def test_a_dry_run_lists_all_and_changes_nothing(digest: Digest, live: Path) -> None:
    said = deploy(digest, "--dry-run")
    assert "+ index.html (new)" in rows(said)
    assert not live.exists()
    deploy(digest)
    remove(digest, 1)
    before = tree(live)
    assert "- world/2026/11/02/a1/index.html (no longer part of the site)" in rows(
        deploy(digest, "-n")
    )
    assert tree(live) == before


def test_what_is_no_longer_part_of_the_site_goes_and_foreign_files_stay(
    digest: Digest, live: Path
) -> None:
    deploy(digest)
    (live / "foreign.txt").write_text("mine")
    remove(digest, 1)
    deploy(digest)
    assert not (live / "world/2026/11/02").exists()
    assert (live / "foreign.txt").read_text() == "mine"
    assert {n: d for n, d in tree(live).items() if n != "foreign.txt"} == digest.tree()
    deploy(digest, "--prune")
    assert not (live / "foreign.txt").exists()


def test_many_deletions_need_a_clear_yes(digest: Digest, live: Path) -> None:
    deploy(digest)
    before = tree(live)
    remove(digest, *range(5))
    said = deploy(digest, "--max-deletes", "2", expect=1)
    assert "would be deleted, more than max_deletes (2) allows" in said
    assert tree(live) == before
    deploy(digest, "--max-deletes", "90")
    assert tree(live) == digest.tree()


def test_old_assets_stay_for_some_days(digest: Digest, live: Path) -> None:
    deploy(digest)
    old = next(n for n in tree(live) if n.startswith("assets/base."))
    digest.write("theme/assets/base.css", "body { color: black }")
    deploy(digest)
    assert old not in digest.tree()
    assert old in tree(live)
    digest.run("deploy", "--now", "2026-12-20T12:00:00+00:00")
    assert old in tree(live)
    digest.run("deploy", "--now", "2026-12-25T12:00:00+00:00")
    assert old not in tree(live)


def test_a_file_that_was_changed_or_removed_at_the_target_is_sent_again(
    digest: Digest, live: Path
) -> None:
    deploy(digest)
    (live / "404.html").unlink()
    (live / "index.html").write_text("somebody was here")
    deploy(digest)
    assert tree(live) == digest.tree()


def test_a_lost_manifest_is_made_again_without_sending(digest: Digest, live: Path) -> None:
    deploy(digest)
    for damaged in ("", '{"version":1,"files":{"../../x":[]}}'):
        (live / ".sitegen-manifest.json").write_text(damaged)
        assert "0 files sent" in deploy(digest)
        assert (
            json.loads((live / ".sitegen-manifest.json").read_text())["files"].keys()
            == digest.tree().keys()
        )


def test_the_release_before_comes_back(digest: Digest, live: Path) -> None:
    assert "release" in deploy(digest, "--rollback", expect=1)
    deploy(digest)
    before = tree(live)
    digest.article("a3", "Another title", "2026-11-04T10:00:00+01:00", "Another text.")
    deploy(digest)
    assert tree(live) != before
    deploy(digest, "--rollback")
    assert tree(live) == before
    assert "release" in deploy(digest, "--rollback", expect=1)
    deploy(digest)
    assert tree(live) == digest.tree()


def test_drafts_and_previews_do_not_go_out(digest: Digest, live: Path) -> None:
    digest.article("secret", "A secret", more="status: draft\n")
    digest.build("--drafts", "--base-url", "http://localhost:8000/")
    deploy(digest)
    assert not [n for n, d in tree(live).items() if b"A secret" in d or b"localhost" in d]


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/",
        "http://127.0.0.1/",
        "https://[::1]/",
        "https://192.168.1.4/",
        "http://mac.local/",
    ],
)
def test_an_address_of_this_machine_is_refused(digest: Digest, url: str) -> None:
    fill(digest, "{kind: folder, path: ../www}")
    (digest.root / "site.yaml").write_text(
        (digest.root / "site.yaml").read_text().replace("https://t.press/", url)
    )
    assert "URL of this machine or network" in deploy(digest, expect=2)


def test_a_staging_site_has_drafts_and_asks_not_to_be_listed(digest: Digest) -> None:
    staging = (
        "{kind: netlify, path: ../stage, base_url: 'https://stage.press/', drafts: true,"
        " future: true, noindex: true}"
    )
    fill(digest, staging)
    digest.article("secret", "A secret", more="status: draft\n")
    digest.article("later", "Much later", date="2027-06-01")
    digest.build()
    before = digest.tree()
    deploy(digest)
    files = tree(digest.root.parent / "stage")
    pages = {name: data for name, data in files.items() if name.endswith("index.html")}
    assert any(b"A secret" in data for data in pages.values())
    assert any(b"Much later" in data for data in pages.values())
    assert [n for n, data in pages.items() if b'name="robots" content="noindex"' not in data] == []
    assert b"X-Robots-Tag: noindex" in files["_headers"]
    assert b"Sitemap" not in files["robots.txt"]
    assert digest.tree() == before


def test_a_broken_site_is_not_deployed(digest: Digest, live: Path) -> None:
    digest.write("content/world/bad.md", "---\ntitle: [\n---\n")
    deploy(digest, expect=1)
    assert not live.exists()


def test_a_folder_of_somebody_else_is_not_switched(
    digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("host")
    (path / "index.html").write_text("mine")
    fill(digest, f"{{kind: folder, path: {path}}}")
    assert "move it away, or write `switch: false`" in deploy(digest, expect=1)
    assert (path / "index.html").read_text() == "mine"


def test_no_link_leads_out_of_the_target(
    digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    host, other = tmp_path_factory.mktemp("host"), tmp_path_factory.mktemp("other")
    (host / "world").symlink_to(other)
    fill(digest, f"{{kind: folder, path: {host}, switch: false}}")
    assert "is a link" in deploy(digest, expect=1)
    assert not list(other.iterdir())


@pytest.mark.parametrize("kind", ["netlify", "cloudflare"])
def test_hosts_get_headers_and_redirects(digest: Digest, tmp_path: Path, kind: str) -> None:
    fill(digest, f"{{kind: {kind}, path: deploy, cache: {{'images/*': 'public, max-age=60'}}}}")
    digest.article("moved", "Moved", more="aliases: [/old/]\n")
    deploy(digest)
    assert tree(tmp_path / "deploy").keys() - digest.tree().keys() == {"_headers", "_redirects"}
    sign = "!" if kind == "netlify" else ""
    rules = (tmp_path / "deploy/_redirects").read_text()
    assert rules == f"/old/ /world/2026/11/01/moved/ 301{sign}\n"
    assert (
        "/images/*\n  Cache-Control: public, max-age=60\n"
        in (tmp_path / "deploy/_headers").read_text()
    )
    assert "0 files sent" in deploy(digest)


def test_a_url_that_leads_nowhere_is_a_warning(digest: Digest, live: Path) -> None:
    deploy(digest)
    (digest.root / "content/world/a3.md").unlink()
    assert "warning[address-lost]: /world/2026/11/04/a3/ was published" in deploy(digest)
    assert not (live / "world/2026/11/04/a3/index.html").exists()


def test_a_url_is_given_up_only_on_request(digest: Digest, live: Path) -> None:
    with (digest.root / "site.yaml").open("a") as file:
        file.write("check: {address-lost: error}\n")
    assert "new URLs): commit it" in deploy(digest)
    recorded = (digest.root / "addresses.tsv").read_text()
    (digest.root / "content/world/a3.md").unlink()
    said = deploy(digest, expect=1)
    assert "error[address-lost]: /world/2026/11/04/a3/ was published" in said
    assert (live / "world/2026/11/04/a3/index.html").read_text().count("Article 3")
    assert "leads nowhere" in deploy(digest, "--dry-run", "--yes")
    assert (digest.root / "addresses.tsv").read_text() == recorded
    deploy(digest, "--yes")
    assert "no longer published" in (live / "world/2026/11/04/a3/index.html").read_text()
    assert "/world/2026/11/04/a3/\tgone" in (digest.root / "addresses.tsv").read_text()
    assert "0 files sent" in deploy(digest)


def test_a_renamed_article_is_found_at_its_old_url(digest: Digest, live: Path) -> None:
    deploy(digest)
    (digest.root / "content/world/a3.md").rename(digest.root / "content/world/b3.md")
    deploy(digest)
    old = (live / "world/2026/11/04/a3/index.html").read_text()
    assert "url=/world/2026/11/04/b3/" in old


def test_targets_are_named(digest: Digest) -> None:
    fill(digest, "{kind: folder, path: ../www}")
    assert "did you mean `live`?" in deploy(digest, "lve", expect=2)
    (digest.root / "site.yaml").write_text(SITE)
    assert "no deploy target" in deploy(digest, expect=2)


def test_one_deployment_at_a_time(digest: Digest, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("host")
    fill(digest, f"{{kind: folder, path: {path}, switch: false}}")
    lock = path / ".sitegen-lock"
    lock.write_text(json.dumps({"mark": "of another machine", "since": NOW}))
    assert "another deployment is under way" in deploy(digest, expect=1)
    assert not (path / "index.html").exists()
    lock.write_text(
        json.dumps({"mark": "of another machine", "since": "2026-11-24T11:00:00+00:00"})
    )
    deploy(digest)
    lock.write_text(json.dumps({"mark": "of another machine", "since": NOW}))
    deploy(digest, "--unlock")
    assert tree(path) == digest.tree()
    assert not lock.exists()


def test_a_kill_at_any_moment_leaves_no_page_without_its_assets(digest: Digest, live: Path) -> None:
    survive_kills(digest, lambda: tree(live.resolve()), 8)
    deploy(digest, "--now", "2027-01-30T12:00:00+00:00")
    digest.run("deploy", "--now", "2027-04-30T12:00:00+00:00", "--max-deletes", "500")
    assert tree(live) == digest.tree()


@contextlib.contextmanager
def disk(path: Path, options: str) -> Iterator[None]:
    """A file system of its own at ``path``."""
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "none", str(path)], capture_output=True, check=False
    ).returncode:
        pytest.skip("a file system can only be mounted by root")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False)


def test_a_full_target_is_reported_and_the_deployment_completed_later(
    digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("host")
    with disk(path, "size=96k"):
        fill(digest, f"{{kind: folder, path: {path}, switch: false}}")
        said = deploy(digest, expect=1)
        assert "No space left" in said
        assert "not done: index.html" in said
        assert not missing(tree(path))
        subprocess.run(["mount", "-o", "remount,size=9m", str(path)], check=True)
        deploy(digest)
        assert tree(path) == digest.tree()


def test_a_read_only_target_is_reported_and_the_deployment_completed_later(
    digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("host")
    with disk(path, "ro"):
        fill(digest, f"{{kind: folder, path: {path}, switch: false}}")
        assert "Read-only file system" in deploy(digest, expect=1)
        subprocess.run(["mount", "-o", "remount,rw", str(path)], check=True)
        deploy(digest)
        assert tree(path) == digest.tree()


def test_a_folder_that_cannot_be_written_is_reported_and_the_deployment_completed_later(
    digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("host")
    (path / "world").write_text("a file where a folder is needed")
    fill(digest, f"{{kind: folder, path: {path}, switch: false}}")
    said = deploy(digest, expect=1)
    assert "not done: index.html" in said
    assert not missing({n: d for n, d in tree(path).items() if n != "world"})
    (path / "world").unlink()
    deploy(digest)
    assert tree(path) == digest.tree()


def test_a_clock_that_went_back_changes_nothing(digest: Digest, live: Path) -> None:
    digest.article("old", date="2019-11-01T10:00:00+01:00")
    deploy(digest)
    before, output = tree(live), digest.tree()
    assert (
        "the clock says 2020-01-01"
        in digest.run("deploy", "--now", "2020-01-01T00:00:00+00:00", expect=1).stderr
    )
    assert (tree(live), digest.tree()) == (before, output)
    digest.run("clean")  # now only the target knows when it was
    assert (
        "the clock says 2020-01-01"
        in digest.run("deploy", "--now", "2020-01-01T00:00:00+00:00", expect=1).stderr
    )
    assert tree(live) == before
    digest.run("clean")
    digest.run("deploy", "--now", "2026-11-24T11:30:00+00:00")
    digest.run("deploy", "--now", "2020-01-01T00:00:00+00:00", "--yes")
    assert not [n for n, data in tree(live).items() if b"Text of number" in data]


def test_a_build_with_a_clock_that_went_back_says_so(digest: Digest) -> None:
    digest.article("a")
    digest.build()
    done = digest.run("build", "--now", "2020-01-01T00:00:00+00:00")
    assert "note[clock]" in done.stderr
    assert digest.build().stderr == "" == digest.build().stderr


def test_a_site_without_articles_needs_a_clear_yes(digest: Digest, live: Path) -> None:
    deploy(digest)
    before, output = tree(live), digest.tree()
    for path in (digest.root / "content").rglob("*.md"):
        path.unlink()
    assert "without a single article" in deploy(digest, expect=1)
    assert (tree(live), digest.tree()) == (before, output)
    deploy(digest, "--yes")
    assert tree(live) == digest.tree()


def test_most_of_a_site_is_deleted_only_with_a_yes(digest: Digest, live: Path) -> None:
    for number in range(30):
        digest.write(f"static/maps/{number}.txt", "x")
    deploy(digest)
    before = tree(live)
    for path in (digest.root / "static/maps").iterdir():
        path.unlink()
    remove(digest, *range(1, 6))
    assert "of the site would be deleted" in deploy(digest, expect=1)
    assert "would be deleted" in deploy(digest, "--dry-run")
    assert tree(live) == before
    deploy(digest, "--yes")
    assert tree(live) == digest.tree()


def test_files_and_folders_change_places_at_the_target(digest: Digest, live: Path) -> None:
    place = digest.root / "static/docs"
    digest.write("static/docs", "a file")
    deploy(digest)
    for name in ("static/docs/a/one.txt", "static/docs"):
        if place.is_dir():
            (place / "a/one.txt").unlink()
            (place / "a").rmdir()
            place.rmdir()
        else:
            place.unlink()
        digest.write(name, "another")
        deploy(digest)
        assert tree(live) == digest.tree()


def test_prune_leaves_version_control_alone(
    digest: Digest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    live = tmp_path_factory.mktemp("host")
    fill(digest, f"{{kind: folder, path: {live}, switch: false}}")
    (live / ".git").mkdir()
    (live / ".git/config").write_text("mine")
    (live / "other.txt").write_text("old")
    deploy(digest, "--prune")
    assert (live / ".git/config").read_text() == "mine"
    assert not (live / "other.txt").exists()


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("https://digest.example/", 2),
        ("https://www.digest.example/news/", 2),
        ("http://DIGEST.example:8080/", 2),
        ("http://nas.lan/", 2),
        ("https://nas/", 2),
        ("https://quill.example/", 0),
        ("https://example.org/", 0),
        ("https://site.test/", 0),
    ],
)
def test_an_address_that_nobody_can_reach_is_reported(
    digest: Digest, url: str, status: int
) -> None:
    fill(digest, "{kind: folder, path: ../live}", articles=1)
    (digest.root / "site.yaml").write_text(
        (digest.root / "site.yaml").read_text().replace("https://t.press/", url)
    )
    assert "`base_url` is" in deploy(digest, "--dry-run", expect=status)
