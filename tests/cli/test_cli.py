"""The command line as a stranger meets it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from sitegen import __version__
from sitegen.cli.main import COMMANDS
from tests.conftest import NOW, Digest, fork_server


def sitegen(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return fork_server().run(list(arguments), cwd)


def test_version_and_help(tmp_path: Path) -> None:
    assert sitegen("--version", cwd=tmp_path).stdout == f"sitegen {__version__}\n"
    text = sitegen("--help", cwd=tmp_path).stdout
    for name in COMMANDS:
        assert f"\n  {name} " in text


def test_the_version_needs_no_heavy_import(tmp_path: Path) -> None:
    code = (
        "import sys, sitegen.cli.main;"
        " print(sorted({'jinja2','yaml','lxml','trafilatura','starlette','babel','msgspec'} &"
        " set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert done.stdout.strip() == "['msgspec']"


def test_the_exit_status_is_that_of_the_process(tmp_path: Path) -> None:
    done = sitegen("build", "--site", "nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "this folder has no site.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_new_site_builds_without_a_word_and_is_never_overwritten(tmp_path: Path) -> None:
    done = sitegen(
        "init", "d", "--title", 'The "Salm": Post', "--timezone", "Europe/Lisbon", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    built = sitegen("build", "--strict", "--site", "d", cwd=tmp_path)
    assert (built.returncode, built.stderr) == (0, "")
    assert "The &#34;Salm&#34;: Post" in (tmp_path / "d/output/index.html").read_text()
    before = (tmp_path / "d/site.yaml").read_bytes()
    assert sitegen("init", "d", cwd=tmp_path).returncode == 2
    assert (tmp_path / "d/site.yaml").read_bytes() == before
    assert sitegen("init", "e", "--timezone", "Mars/Olympus", cwd=tmp_path).returncode == 2
    assert not (tmp_path / "e").exists()


def test_the_site_is_found_from_a_folder_below_it(digest: Digest) -> None:
    digest.article("a")
    done = sitegen("build", "--now", NOW, cwd=digest.root / "content/world")
    assert done.returncode == 0, done.stderr
    assert (digest.root / "output/index.html").exists()


def test_new_starts_a_draft_that_builds(digest: Digest) -> None:
    name = digest.run(
        "new", "A “fine” day: rain", "--author", "Ann Ames", "--now", NOW
    ).stdout.strip()
    assert name == "content/news/2026-11-24-a-fine-day-rain.md"
    digest.build("--strict")
    digest.run("new", "A “fine” day: rain", "--now", NOW, expect=1)
    row = json.loads(digest.run("list", "--json").stdout)[0]
    assert (row["status"], row["title"], row["authors"]) == (
        "draft",
        "A “fine” day: rain",
        ["Ann Ames"],
    )


def test_list_filters(digest: Digest) -> None:
    digest.article("a", date="2026-11-01", more="tags: [x]")
    digest.article("b", date="2026-11-02", more="status: withheld")
    digest.article("c", date="2027-11-02")
    paths = lambda *more: [  # noqa: E731
        r["path"].split("/")[-1]
        for r in json.loads(digest.run("list", "--now", NOW, "--json", *more).stdout)
    ]
    assert paths() == ["c.md", "b.md", "a.md"]
    assert paths("--tag", "x") == ["a.md"]
    assert paths("--status", "future") == ["c.md"]
    assert paths("--status", "withheld") == ["b.md"]
    assert "content/world/a.md" in digest.run("list").stdout


def test_a_draft_without_a_date_is_listed_as_one(digest: Digest) -> None:
    digest.write(
        "content/world/a.md", "---\ntitle: A\nauthors: [Ann Ames]\nstatus: draft\n---\n\nText.\n"
    )
    assert digest.run("list").stdout == "no date  draft  A  content/world/a.md\n"
    row = json.loads(digest.run("list", "--json").stdout)[0]
    assert (row["date"], row["url"]) == ("", "")


def test_an_invalid_url_is_reported_where_it_was_given(digest: Digest) -> None:
    for command in (("build",), ("serve",)):
        error = digest.run(*command, "--base-url", "nonsense", expect=2).stderr
        assert "'--base-url': `nonsense` is not a valid URL" in error
        assert "site.yaml" not in error


def test_a_disk_that_is_full_is_no_bug(digest: Digest) -> None:
    digest.article("a")
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "sitegen", "list", "--site", str(digest.root)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(
        "error[output]: cannot be read or written: No space left on device"
    )


def test_an_unknown_section_is_reported_with_the_existing_ones(digest: Digest) -> None:
    digest.write(
        "site.yaml", (digest.root / "site.yaml").read_text() + "sections: {city: {}, world: {}}\n"
    )
    assert "did you mean `world`?" in digest.run("new", "A", "--section", "wrld", expect=2).stderr
    assert (
        "choose one of: city, world;"
        in digest.run("new", "A", "--section", "sport", expect=2).stderr
    )


def test_list_filters_by_source_day_language_and_alias(digest: Digest) -> None:
    site = (
        "authors:\n  ann: {name: Ann Ames, aliases: [A. Ames]}\nsources:\n  post: {name: Salm"
        " Post}\n"
    )
    digest.write("site.yaml", (digest.root / "site.yaml").read_text() + site)
    digest.article("a", date="2026-11-01T23:30:00+01:00", more="source: Salm Post\nlang: pt-BR")
    digest.article("b", date="2026-11-02", title="=1+1", more="tags: [Oil, sea]")
    digest.write(
        "content/city/c.md",
        "---\ntitle: C\ndate: 2026-11-03T08:00:00Z\nauthors: [A. Ames, Bo]\n---\nText.\n",
    )
    paths = lambda *more: [  # noqa: E731
        r["path"].split("/")[-1]
        for r in json.loads(digest.run("list", "--now", NOW, "--json", *more).stdout)
    ]
    assert (
        paths("--source", "post")
        == paths("--source", "salm post")
        == paths("--lang", "pt")
        == ["a.md"]
    )
    assert paths("--since", "2026-11-02") == ["c.md", "b.md"]
    assert paths("--until", "2026-11-01") == ["a.md"]
    assert paths("--since", "2026-11-02", "--until", "2026-11-03") == ["c.md", "b.md"]
    assert paths("--author", "A. Ames") == paths("--author", "ann ames") == ["c.md", "b.md", "a.md"]
    assert paths("--author", "Bo", "--section", "city", "--lang", "en") == ["c.md"]
    assert paths("--tag", "oil") == ["b.md"]
    assert "did you mean --tag `Oil`?" in digest.run("list", "--tag", "oill").stderr
    digest.run("list", "--since", "soon", expect=2)
    assert "not one of 'published'" in digest.run("list", "--status", "lost", expect=2).stderr
    assert "cannot be used together" in digest.run("list", "--json", "--csv", expect=2).stderr
    rows = list(csv.DictReader(digest.run("list", "--now", NOW, "--csv").stdout.splitlines()))
    assert [(r["title"], r["authors"], r["tags"], r["lang"]) for r in rows] == [
        ("C", "Ann Ames; Bo", "", "en"),
        ("'=1+1", "Ann Ames", "Oil; sea", "en"),
        ("a", "Ann Ames", "", "pt-BR"),
    ]


def test_new_starts_from_the_archetype_of_its_section(digest: Digest) -> None:
    head = "title: {title}\ndate: {date}\nauthors: {authors}\nstatus: draft\ndek: '{title}, again'"
    digest.write("archetypes/default.md", f"---\n{head}\n---\n\n")
    digest.write(
        "archetypes/city.md",
        '+++\ntitle = {title}\ndate = {date}\nauthors = [{authors}]\nsection = "{section}"\nstatus'
        ' = "draft"\nsummary = "On {title}"\n+++\n\n# {title}\n\nBy {author}, {unknown} {{ title'
        " }}\n",
    )
    title = """It's "9: {date}" \\ #1"""
    name = digest.run(
        "new", title, "--author", "A: B", "--author", "C", "--now", NOW
    ).stdout.strip()
    rows = (digest.root / name).read_text().splitlines()
    assert rows[1] == """title: "It's \\"9: {date}\\" \\\\ #1\""""
    assert rows[3:6] == [
        'authors: ["A: B", "C"]',
        "status: draft",
        """dek: 'It''s "9: {date}" \\ #1, again'""",
    ]
    name = digest.run(
        "new", title, "--section", "city", "--author", "A: B", "--now", NOW
    ).stdout.strip()
    text = (digest.root / name).read_text()
    assert name.startswith("content/city/2026-11-24-")
    assert text.endswith(f"# {title}\n\nBy A: B, {{unknown}} {{{{ title }}}}\n")
    assert {r["title"] for r in json.loads(digest.run("list", "--json").stdout)} == {title}
    digest.build("--strict", "--drafts")


def test_a_wrong_archetype_writes_nothing(digest: Digest) -> None:
    digest.write("archetypes/default.md", "---\ntitle: {titel}\n---\n")
    done = digest.run("new", "A", expect=1)
    assert "archetypes/default.md:2" in done.stderr
    assert "did you mean `{title}`?" in done.stderr
    digest.write("archetypes/default.md", "---\ntitle: On {title}\n---\n")
    assert "needs quotes around it" in digest.run("new", "A: b", expect=1).stderr
    digest.write("archetypes/default.md", "---\ntitle: {title}\nstatus: nonsense\n---\n")
    assert "gives no valid article" in digest.run("new", "A", expect=1).stderr
    assert (
        "choose one of: default" in digest.run("new", "A", "--archetype", "review", expect=2).stderr
    )
    assert digest.run("new", "A", "--archetype", "../site", expect=2).stderr
    assert not (digest.root / "content").exists()


def test_the_shell_completes_commands_rules_and_sections(
    digest: Digest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_SITEGEN_COMPLETE", "bash_complete")
    digest.article("a")
    digest.write("site.yaml", (digest.root / "site.yaml").read_text() + "sections: {city: {}}\n")

    def completed(words: str, kind: str = "plain") -> list[str]:
        monkeypatch.setenv("COMP_WORDS", words)
        monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))
        done = sitegen(cwd=digest.root)
        assert done.stderr == ""
        rows = [row.partition(",") for row in done.stdout.splitlines()]
        return [text for found, _, text in rows if found == kind]

    assert completed("sitegen ch") == ["check"]
    assert completed("sitegen list --section ") == ["city", "world"]
    assert completed("sitegen check --rule link-e") == ["link-external"]
    settings = (
        "authors: {ann: {name: Ann Ames}, bo: {name: Bo Berg}}\nsources: {post: {name: The Post}}\n"
    )
    settings += "deploy: {www: {kind: folder, path: x}}\n"
    digest.write("site.yaml", (digest.root / "site.yaml").read_text() + settings)
    digest.write("archetypes/review.md", "---\ntitle: x\n---\n")
    assert completed("sitegen list --author a") == ["Ann Ames"]
    assert completed("sitegen new x --author B") == ["Bo Berg"]
    assert completed("sitegen list --source p") == ["post"]
    assert completed("sitegen new x --archetype r") == ["review"]
    assert "" not in completed("sitegen list --status ")
    assert completed("sitegen deploy w") == ["www"]
    assert completed("sitegen config pag") == ["pages", "pagination"]
    for words in ("import con", "check con", "explain con"):
        assert completed(f"sitegen {words}", "file") == ["con"], "the shell knows the files"
    for words in ("build --output ou", "serve --site si", "init di"):
        assert completed(f"sitegen {words}", "dir") == [words.split()[-1]]


def test_serve_shows_the_site_and_refuses_other_hosts(digest: Digest) -> None:
    digest.article("a")
    command = [
        sys.executable,
        "-m",
        "sitegen",
        "serve",
        "--port",
        "8765",
        "--now",
        NOW,
        "--site",
        str(digest.root),
    ]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout
        line = next(row for row in server.stdout if row.startswith("serving at "))
        address = line.split()[2]
        for _ in range(100):
            try:
                page = urllib.request.urlopen(address).read().decode()
                break
            except urllib.error.URLError:
                time.sleep(0.05)
        assert "<h1" in page
        assert "t.example" not in page
        assert urllib.request.urlopen(address + "world/").status == 200
        with pytest.raises(urllib.error.HTTPError) as missing:
            urllib.request.urlopen(address + "nothing/")
        assert missing.value.code == 404
        assert b"<html" in missing.value.read()
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(
                urllib.request.Request(address, headers={"Host": "evil.example"})
            )
        assert refused.value.code == 400
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(address + "..%2f..%2fsite.yaml")
    finally:
        server.terminate()
        server.wait(10)
    assert not (digest.root / "output").exists()
