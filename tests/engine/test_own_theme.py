"""Templates and style sheets of the site itself are checked, those of installed themes are not."""

from __future__ import annotations

import pytest

from sitegen.engine.own_theme import own_theme
from tests.conftest import Digest
from tests.engine.in_process import loaded


@pytest.mark.parametrize(
    ("name", "text", "paths"),
    [
        ("theme/templates/x.html", "<p>quiet", []),
        (
            "theme/templates/x.html",
            "\n<script src='https://h.example/x.js'></script>",
            ["theme/templates/x.html"],
        ),
        ("theme/assets/x.css", "p{color:red}", []),
        (
            "theme/assets/x.css",
            "@import 'https://h.example/x.css';",
            ["theme/assets/x.css"],
        ),
        ("theme/assets/x.txt", "@import 'https://h.example/x.css';", []),
    ],
)
def test_what_asks_another_host_is_reported(
    digest: Digest, name: str, text: str, paths: list[str]
) -> None:
    digest.write(name, text)
    with loaded(digest.root) as context:
        problems = own_theme(digest.root, context.theme)
    assert [problem.path for problem in problems] == paths
    assert {problem.level for problem in problems} <= {"warning"}
