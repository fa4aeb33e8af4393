"""`help`: documents, commands and codes of errors on the terminal."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sitegen.cli.help import complete_topic, error_help, headline, topics
from tests.cli.conftest import Done


def test_topics_are_the_documents() -> None:
    documents = topics()
    assert {"import", "front-matter", "errors", "theming"} <= documents.keys()
    assert headline(documents["errors"]) == "Errors"


def test_a_topic_is_completed() -> None:
    names = [item.value for item in complete_topic(None, None, "front-")]  # type: ignore[arg-type]
    assert names == ["front-matter"]


@pytest.mark.parametrize(("code", "known"), [("encoding", True), ("nothing-like-it", False)])
def test_the_paragraph_of_a_code(code: str, known: bool) -> None:
    assert bool(error_help(code, topics())) is known
    assert error_help(code, {}) == ""


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("", "Topics (`sitegen help TOPIC`):"),
        ("front-matter", "# Front matter"),
        ("front_matter.md", "# Front matter"),
        ("encoding", "error[encoding]"),
        ("clean", "Usage: sitegen clean"),
    ],
)
def test_help(sitegen: Callable[..., Done], topic: str, text: str) -> None:
    done = sitegen("help", *([topic] if topic else []))
    assert done.status == 0
    assert text in done.stdout


def test_items_of_a_list_are_lines_of_their_own(sitegen: Callable[..., Done]) -> None:
    lines = sitegen("help", "edition").stdout.splitlines()
    items = [line for line in lines if line.startswith("- ")]
    assert len(items) == 5
    assert lines[lines.index(items[0]) + 1].startswith("  ")


def test_a_topic_that_does_not_exist(sitegen: Callable[..., Done]) -> None:
    done = sitegen("help", "imprt")
    assert (done.status, done.stdout) == (2, "")
    assert "did you mean `import`?" in done.stderr


@pytest.mark.parametrize("kind", ["site", "front-matter", "authors", "editions"])
def test_a_schema(sitegen: Callable[..., Done], kind: str) -> None:
    done = sitegen("schema", kind)
    assert json.loads(done.stdout)["$schema"].startswith("https://json-schema.org/")
