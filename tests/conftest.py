"""A small site in a temporary directory, and the command line as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

NOW = "2026-11-24T12:00:00+00:00"
SITE = "title: T\nbase_url: https://t.example/\ntimezone: Europe/Berlin\n"


class Digest:
    """A site that tests write to, build and look at."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "site.yaml").write_text(SITE)

    def write(self, name: str, text: str | bytes) -> Path:
        """Put a file below the site's root."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def article(
        self,
        name: str,
        title: str = "",
        date: str = "2026-11-01T10:00:00+01:00",
        body: str = "Text.",
        more: str = "",
    ) -> Path:
        """Put an article in section `world`."""
        head = f"title: {title or name}\ndate: {date}\nauthors: [Ann Ames]\n{more}".rstrip()
        return self.write(f"content/world/{name}.md", f"---\n{head}\n---\n\n{body}\n")

    def run(
        self, *arguments: str, expect: int | None = 0, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """`sitegen ARGUMENTS --site ROOT` in a process of its own."""
        command = [sys.executable, "-m", "sitegen", *arguments, "--site", str(self.root)]
        done = subprocess.run(
            command, capture_output=True, text=True, input=stdin, cwd=self.root, check=False
        )
        assert "Traceback" not in done.stderr
        if expect is not None:
            assert done.returncode == expect, done.stderr + done.stdout
        return done

    def build(self, *arguments: str, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
        """`sitegen build` at the tests' moment."""
        return self.run("build", "--now", NOW, *arguments, expect=expect)

    def tree(self) -> dict[str, bytes]:
        """Every file of output/ with its bytes."""
        out = self.root / "output"
        return {
            p.relative_to(out).as_posix(): p.read_bytes()
            for p in sorted(out.rglob("*"))
            if p.is_file()
        }

    def page(self, path: str) -> str:
        """The text of one file of output/."""
        return (self.root / "output" / path).read_text("utf-8")


@pytest.fixture
def digest(tmp_path: Path) -> Digest:
    """A site without articles."""
    return Digest(tmp_path)


@pytest.fixture
def make_digest(tmp_path: Path) -> Callable[[str], Digest]:
    """Makes further sites by name."""

    def make(name: str) -> Digest:
        (tmp_path / name).mkdir()
        return Digest(tmp_path / name)

    return make
