"""site.yaml with a value of a wrong kind: told in plain words, with its line, all in one run."""

from __future__ import annotations

import pytest
from conftest import SITE, Digest


@pytest.mark.parametrize(
    ("text", "row", "message", "help"),
    [
        ("editions: {frequency: daily}", 0, "unknown key `editions.frequency`", "there are: kind, title"),
        ("editions:\n  emial: true", 1, "unknown key `editions.emial`", "did you mean `email`?"),
        ("editions:", 0, "`editions` must be a mapping, not nothing", "write its keys below it"),
        ("pagination: many", 0, "`pagination` must be a whole number, not `many`", "docs/site-yaml.md"),
        ("sources:\n  a: {name: A}\n  b:\n    name: B\n    rights: exerpt", 4, "`sources.b.rights.show` is `exerpt`", "`excerpt`?"),
        ("sources:\n  a:\n    home: https://a.example/", 1, "`sources.a` lacks `name`", "add `name: …`"),
        ("authors:\n  a:\n    name: 3", 2, "`authors.a.name` must be text, not `3`", 'put it in quotes: "3"'),
        ("authors:\n  a: {name: A, aliases: B}", 1, "`authors.a.aliases` must be a list, not `B`", "[one, two]"),
        ("permalink: /{yeer}/{slug}/", 0, "`permalink`: nothing is called `{yeer}`", "did you mean `{year}`?"),
        ("permalink: /{slug.x}/", 0, "nothing is called `{slug.x}`", ""),
        ("permalink: /{slug/", 0, "has a brace too many or too few", ""),
        ('permalink: "{slug}/"', 0, "does not begin with `/`", ""),
        ('permalink: "/../../x-{slug}/"', 0, "leaves the site", ""),
        ("permalink: /{section}/../{slug}/", 0, "leaves the site", ""),
        ('permalink: "/./{slug}/"', 0, "is not a path within the site", ""),
        ('permalink: "//host/{slug}/"', 0, "is not a path within the site", ""),
        ('permalink: "/a\\\\{slug}/"', 0, "is not a path within the site", ""),
        ('permalink: "/a\\n{slug}/"', 0, "is not a path within the site", ""),
        ('permalink: "/%2e%2e/{slug}/"', 0, "holds `%`", ""),
        ('permalink: "/?p={slug}"', 0, "holds `?`", ""),
        ('permalink: "/"', 0, "is not a path within the site", ""),
        ("content: ../x", 0, "`content`: `../x` is no folder of the site", ""),
        ("content: /etc", 0, "`content`: `/etc` is no folder of the site", ""),
        ("search: maybe", 0, "`search` must be true or false or a mapping, not `maybe`", ""),
        ("deploy:\n  a: {kind: folder}", 1, "`deploy.a` lacks `path`", ""),
        ("on_expiry: drop", 0, "`on_expiry` must be excerpt, noindex or remove, not `drop`", ""),
        ("images: {widths: [a]}", 0, "`images.widths.0` must be a whole number, not `a`", ""),
    ],
)
def test_a_value_of_a_wrong_kind(digest: Digest, text: str, row: int, message: str, help: str) -> None:
    digest.write("site.yaml", f"{SITE}{text}\n")
    error = digest.run("config", expect=2).stderr
    assert message in error
    assert f"site.yaml:{SITE.count(chr(10)) + row + 1}" in error
    assert f"   | {text.splitlines()[row].strip()}\n" in error
    assert help in error
    assert error.count("error[") == 1


@pytest.mark.parametrize(("text", "sign"), [("plugins: [a, b", "]"), ("sections: {news: {title: News}", "}")])
def test_a_bracket_that_is_not_closed_is_told_where_it_was_opened(digest: Digest, text: str, sign: str) -> None:
    digest.write("site.yaml", f"{SITE}{text}\nlanguage: en\npagination: 3\n")
    error = digest.run("config", expect=2).stderr
    assert f"site.yaml:{SITE.count(chr(10)) + 1}\n   | {text}\n" in error
    assert f"close with `{sign}` what is opened on this line" in error


def test_all_wrong_values_are_told_in_one_run(digest: Digest) -> None:
    digest.write("site.yaml", f"{SITE}pagination: x\nmarkdown: {{smart: yes}}\nsections: [a]\n")
    error = digest.run("config", expect=2).stderr
    assert "`markdown.smart` must be true or false, not `yes`" in error
    assert error.count("error[config]") == 3
