"""Plugins at both ends: importers and deployers, by the examples of docs/plugins.md and what is
said when one fails."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import NOW, SITE, Digest

GUIDE = (Path(__file__).parent.parent / "docs/plugins.md").read_text()
FILES = dict(re.findall(r"`([\w/]+\.(?:py|txt))`[^\n]*:\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL))
PUBLIC = SITE.replace("https://t.example/", "https://t.press/")  # only that goes to a host
VAULT = "plugins: [vault]\ndeploy:\n  archive: {kind: vault, path: archive.db}\n"


def articles(digest: Digest) -> dict[str, str]:
    return {
        p.relative_to(digest.root).as_posix(): p.read_text()
        for p in sorted((digest.root / "content").rglob("*.md"))
    }


def rows(digest: Digest) -> dict[str, bytes]:
    with sqlite3.connect(digest.root / "archive.db") as db:
        return dict(db.execute("select name, data from files"))


def deploy(digest: Digest, *arguments: str, expect: int = 0) -> str:
    done = digest.run("deploy", "--now", NOW, *arguments, expect=expect)
    return done.stdout + done.stderr


def test_the_importer_of_the_guide_works(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "plugins: [slips]\n")
    digest.write("plugins/slips.py", FILES["plugins/slips.py"])
    digest.write("desk.txt", FILES["desk.txt"])
    shown = GUIDE.partition("$ sitegen import desk.txt\n")[2].partition("```")[0]
    assert digest.run("import", "desk.txt").stdout == shown
    made = articles(digest)
    first = made["content/news/2026-11-20-cranes-return-to-quay-nine.md"]
    assert "Ann Ames" in first
    assert "Bo Beck" in first
    assert "after a year in the yard at Salm" in first
    assert digest.run("import", "desk.txt").stdout.endswith("2 unchanged\n")
    assert "title from plugin slips" in digest.run("import", "desk.txt", "--explain").stdout
    assert digest.build("--strict").stderr == ""
    text = "The first paragraph says what happened in the town of Salm on Tuesday."
    text += "\n\nThe second one says why it matters to those who live there.\n"
    digest.write(
        "other.txt", f"A headline over a short report\n\nBy Ann Ames\nNov. 3, 2026\n\n{text}"
    )
    assert "1 imported" in digest.run("import", "other.txt").stdout  # not a slip: read as ever
    assert digest.run("import", "-", stdin=FILES["desk.txt"]).stdout.count("unchanged") >= 2


def test_an_importer_reads_within_folders_and_its_articles_are_as_little_trusted_as_any(
    digest: Digest,
) -> None:
    digest.write("site.yaml", SITE + "plugins: [raw]\n")
    text = "Enough words to be an article that somebody wrote about a quay."
    given = {
        "title": "Evil\n<b>title</b>",
        "date": "Fri, 20 Nov 2026 10:00:00 GMT",
        "authors": [{"name": "A", "url": "javascript:x()"}, "B"],
        "canonical": "javascript:x()",
        "image": {"src": "file:///etc/passwd"},
        "tags": "quay",
    }
    both = [
        given
        | {
            "html": f"<p>{text}<script>x()</script><a href='javascript:x()'>go</a></p>",
            "guid": "one",
        },
        given
        | {
            "title": "Two",
            "body": f"{text}\n\n<script>x()</script>\n\n<img src=x onerror=x()>",
            "guid": "two",
        },
    ]
    digest.write(
        "plugins/raw.py",
        f"importers = {{'raw': lambda name, data: {both!r} if data == b'raw' else None}}\n",
    )
    digest.write("heap/a.dat", "raw")
    assert "2 imported" in digest.run("import", "heap").stdout
    made = articles(digest)
    assert len(made) == 2
    for article in made.values():
        assert "2026-11-20T10:00:00" in article
        assert [
            bad for bad in ("javascript:", "<script", "onerror", "passwd") if bad in article
        ] == []
    assert digest.build("--strict").stderr == ""


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("importers = {'x': lambda name, data: 1 / 0}", "ZeroDivisionError"),
        (
            "importers = {'x': lambda name, data: [{'titel': 'A'}]}",
            "unknown field `titel`; did you mean `title`?",
        ),
        ("importers = {'x': lambda name, data: [{'title': 3}]}", "Expected `str`, got `int`"),
        ("importers = {'x': lambda name, data: 5}", "TypeError"),
    ],
)
def test_an_importer_that_fails_is_named_and_loses_nothing(
    digest: Digest, code: str, said: str
) -> None:
    digest.write("site.yaml", SITE + "plugins: [wrong]\n")
    digest.write("plugins/wrong.py", code + "\n")
    digest.write("a.txt", "A text")
    done = digest.run("import", "a.txt", expect=1)
    assert said in done.stderr
    assert "plugins/wrong.py" in done.stderr
    assert "1 quarantined" in done.stdout


def test_an_importer_that_finds_nothing_is_reported(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "plugins: [none]\n")
    digest.write("plugins/none.py", "importers = {'none': lambda name, data: []}\n")
    digest.write("a.txt", "A text")
    assert "holds no article" in digest.run("import", "a.txt").stderr


def test_the_deployer_of_the_guide_works(digest: Digest) -> None:
    digest.write("site.yaml", PUBLIC + VAULT)
    assert "deploy:\n  archive: {kind: vault, path: archive.db}" in GUIDE
    digest.write("plugins/vault.py", FILES["plugins/vault.py"])
    digest.article("a")
    assert "0 files would be sent" not in deploy(digest, "--dry-run")
    deploy(digest)
    sent = rows(digest)
    assert {n for n in sent if n != ".sitegen-manifest.json"} == set(digest.tree())
    assert sent["index.html"] == digest.tree()["index.html"]
    assert "0 files sent" in deploy(digest)
    digest.article("b")
    (digest.root / "content/world/a.md").unlink()
    deploy(digest)
    assert "world/2026/11/01/a/index.html" not in rows(digest)
    assert "world/2026/11/01/b/index.html" in rows(digest)
    deploy(digest, "--rollback")
    assert "world/2026/11/01/a/index.html" in rows(digest)
    assert digest.run("config", "deploy.archive.settings.path").stdout == "archive.db\n"


def test_a_deployment_that_a_plugin_breaks_off_is_completed_by_the_next(digest: Digest) -> None:
    digest.write("site.yaml", PUBLIC + VAULT)
    start = "    def put(self, item):\n"
    broken = FILES["plugins/vault.py"].replace(
        start, f"{start}        1 / (item.path != 'index.html')\n"
    )
    digest.write("plugins/vault.py", broken)
    digest.article("a")
    said = deploy(digest, expect=1)
    assert "ZeroDivisionError" in said
    assert "plugins/vault.py:20" in said
    assert "index.html" not in rows(digest)
    digest.write("plugins/vault.py", FILES["plugins/vault.py"])
    deploy(digest)
    assert {n for n in rows(digest) if n != ".sitegen-manifest.json"} == set(digest.tree())


@pytest.mark.parametrize(
    ("site", "code", "said"),
    [
        (
            "plugins: [p]\ndeploy: {x: {kind: vualt}}\n",
            "deployers = {'vault': print}",
            "unknown kind `vualt`",
        ),
        ("deploy: {x: {kind: vault}}\n", "", "unknown kind `vault`"),
        (
            "plugins: [p]\ndeploy: {x: {kind: vault, token: abc}}\n",
            "deployers = {'vault': print}",
            "would be a secret in site.yaml",
        ),
        (
            "plugins: [p]\ndeploy: {x: {kind: vault}}\n",
            "deployers = {'vault': lambda settings, env: settings['path']}",
            "KeyError: 'path'",
        ),
        (
            "plugins: [p]\ndeploy: {x: {kind: vault}}\n",
            "deployers = {'vault': lambda settings, env: 1}",
            "has no `read`",
        ),
        (
            "plugins: [p]\ndeploy: {x: {kind: vault, keep: long}}\n",
            "deployers = {'vault': print}",
            "`deploy",
        ),
    ],
)
def test_a_deployer_that_cannot_be_used_is_reported(
    digest: Digest, site: str, code: str, said: str
) -> None:
    digest.write("site.yaml", PUBLIC + site)
    digest.write("plugins/p.py", code + "\n")
    digest.article("a")
    done = digest.run("deploy", "--now", NOW, expect=None)
    assert done.returncode in (1, 2)
    assert said in done.stderr


@pytest.mark.parametrize("name", ["prepare", "roll_back", "published"])
def test_a_deployer_may_have_methods_of_its_own(digest: Digest, name: str) -> None:
    digest.write("site.yaml", PUBLIC + VAULT)
    own = f"\n    def {name}(self, one, two):\n        raise LookupError\n"
    code, found = re.subn(
        r"(\n    def read\()", own.replace("\\", r"\\") + r"\1", FILES["plugins/vault.py"], count=1
    )
    assert found
    digest.write("plugins/vault.py", code)
    digest.article("a")
    assert "not done" not in deploy(digest)
    assert rows(digest)
