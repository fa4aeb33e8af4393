"""What site.yaml says of the items of feeds."""

from __future__ import annotations

import pytest

from sitegen.config.intake import FIELDS, intake_rule
from sitegen.config.load import load_config
from tests.config.refused import refused
from tests.conftest import SITE

LINES = SITE.count("\n")


def test_sources_inherit_from_intake_what_they_do_not_say() -> None:
    config = load_config(
        SITE
        + "intake: {status: inbox, rights: {show: excerpt, words: 30}, drop: [words < 40]}\n"
        + "sources:\n"
        + "  a: {feed: https://a.example/, status: draft}\n"
        + "  b: {name: B, feed: https://b.example/, rights: link, drop: []}\n"
    )
    a, b = config.sources["a"], config.sources["b"]
    assert (a.name, a.status, a.rights, a.words, a.drop) == (
        *("a", "draft", "excerpt", 30),
        ("words < 40",),
    )
    assert (b.name, b.status, b.rights, b.words, b.drop) == ("B", "inbox", "link", 30, ())


@pytest.mark.parametrize(
    ("text", "line", "message", "help"),
    [
        (
            "sources:\n  a:\n    feed: https://a.example/\n    drop:\n      - title ~ x\n"
            "      - titel ~ x",
            *(6, "`sources.a.drop`: unknown field `titel`", "did you mean `title`?"),
        ),
        (
            "intake:\n  keep: [tags hass x]",
            2,
            "`intake.keep`: `hass` does not",
            "did you mean `has`",
        ),
        ("intake:\n  status: inbocks", 2, "`intake.status` must be draft, inbox", "`inbox`?"),
        (
            "sections: {harbour: {title: H}}\nsources:\n  a: {name: A, section: harbor}",
            *(3, "`sources.a.section`: no section `harbor`", "did you mean `harbour`?"),
        ),
        ("intake: {lang: german}", 1, "`intake.lang`: `german` is not a language", "`de`?"),
        ("intake: {limit: -1}", 1, "`intake.limit` must lie between", "0 is no limit"),
        ("intake: {rights: exerpt}", 1, "`intake.rights.show` is `exerpt`", "`excerpt`?"),
        ("intake: {feed: x}", 1, "unknown key `intake.feed`", "there are"),
    ],
)
def test_what_is_wrong_is_reported_once_with_its_line(
    text: str, line: int, message: str, help: str
) -> None:
    (found,) = refused(SITE + text)
    assert found.line == LINES + line
    assert found.message.startswith(message)
    assert help in found.help


def test_a_rule_is_read_once() -> None:
    assert intake_rule("words < 40") is intake_rule("words < 40")
    assert set(FIELDS) >= {"title", "tags", "words", "age"}
