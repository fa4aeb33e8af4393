"""docs/cli.md, made from the commands."""

from __future__ import annotations

import click
import pytest

from sitegen.cli.main import COMMANDS
from sitegen.cli.reference import paragraphs, reference, section


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One line.", ["One line."]),
        ("Two\nlines.", ["Two lines."]),
        ("One.\n\nTwo.", ["One.", "", "Two."]),
        ("One.\n\n\b\nExamples:\n  x y", ["One.", "", "```\nExamples:\n  x y\n```"]),
        ("", [""]),
    ],
)
def test_paragraphs(text: str, parts: list[str]) -> None:
    assert paragraphs(text) == parts


@click.command("demo")
@click.argument("name", default="")
@click.option("-n", "--number", default=3, show_default=True, help="How\n  many.")
@click.option("--secret", hidden=True)
def demo(name: str, number: int, secret: str) -> None:
    """Show a demo."""


def test_a_section_has_usage_text_and_options() -> None:
    context = click.Context(demo, info_name="sitegen demo")
    assert section(demo, context) == (
        "## sitegen demo\n"
        "\n"
        "```\n"
        "sitegen demo [OPTIONS] [NAME]\n"
        "```\n"
        "\n"
        "Show a demo.\n"
        "\n"
        "- `-n, --number INTEGER`: How many.  [default: 3]\n"
    ).replace("  [default", " [default")


def test_the_reference_has_a_section_for_each_command() -> None:
    text = reference()
    titles = [line.removeprefix("## sitegen ") for line in text.splitlines() if line[:3] == "## "]
    assert titles == list(COMMANDS)
    for name, (_, about) in COMMANDS.items():
        assert f"- [`{name}`](#sitegen-{name}): {about}" in text
