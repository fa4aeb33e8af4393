"""Settings that are refused or reported: in plain words, with their line, all in one run."""

from __future__ import annotations

import pytest

from sitegen.config.load import cut_settings, load_config
from tests.config.refused import refused
from tests.conftest import SITE, Digest


@pytest.mark.parametrize(
    ("text", "row", "message", "help"),
    [
        (
            "editions: {frequency: daily}",
            0,
            "unknown key `editions.frequency`",
            "there are: kind, name",
        ),
        ("editions:\n  emial: true", 1, "unknown key `editions.emial`", "did you mean `email`?"),
        (
            "editions:",
            0,
            "`editions` must be a mapping or a list, not nothing",
            "write its keys below it",
        ),
        (
            "pagination: many",
            0,
            "`pagination` must be a whole number, not `many`",
            "sitegen help site-yaml",
        ),
        (
            "sources:\n  a: {name: A}\n  b:\n    name: B\n    rights: exerpt",
            4,
            "`sources.b.rights.show` is `exerpt`",
            "`excerpt`?",
        ),
        (
            "sources:\n  a:\n    home: https://a.example/",
            1,
            "`sources.a` lacks `name`",
            "add `name: …`",
        ),
        (
            "sources:\n  a: {feed: 'feed://a.example/rss'}\n  b:\n    feed: exports/feed.xml",
            3,
            "`sources.b.feed`: `exports/feed.xml` is not the URL of a feed",
            "`sitegen import FILE`",
        ),
        (
            "authors:\n  a:\n    name: 3",
            2,
            "`authors.a.name` must be text, not `3`",
            'put it in quotes: "3"',
        ),
        (
            "authors:\n  a: {name: A, aliases: B}",
            1,
            "`authors.a.aliases` must be a list, not `B`",
            "[one, two]",
        ),
        (
            "permalink: /{yeer}/{slug}/",
            0,
            "`permalink`: nothing is called `{yeer}`",
            "did you mean `{year}`?",
        ),
        ("permalink: /{slug.x}/", 0, "nothing is called `{slug.x}`", ""),
        ("permalink: /{slug/", 0, "has a brace too many or too few", ""),
        ('permalink: "{slug}/"', 0, "does not begin with `/`", ""),
        ('permalink: "/../../x-{slug}/"', 0, "leaves the site", "write it as /x-{slug}/"),
        ("permalink: /{section}/../{slug}/", 0, "leaves the site", "/{section}/{slug}/"),
        ("permalink: /{section}/{slug}", 0, "ends without `/`", "write it as /{section}/{slug}/"),
        ("permalink: /{year}/{slug}.php", 0, "ends without `/`", "as /{year}/{slug}.html"),
        ("permalink: /{slug}.{year}", 0, "ends without `/`", "write it as /{slug}.{year}/"),
        ('permalink: "/./{slug}/"', 0, "is not a path within the site", "as /{slug}/"),
        ('permalink: "//host/{slug}/"', 0, "is not a path within the site", "as /host/{slug}/"),
        ('permalink: "/a\\\\{slug}/"', 0, "is not a path within the site", "as /a/{slug}/"),
        ("permalink: '/ {slug}/'", 0, "holds blanks", ""),
        ('permalink: "/\\u2028{slug}/"', 0, "holds blanks", ""),
        ("permalink: /.git/{slug}/", 0, "names a hidden folder", ""),
        ('permalink: "/a\\n{slug}/"', 0, "is not a path within the site", ""),
        ('permalink: "/%2e%2e/{slug}/"', 0, "holds `%`", ""),
        ("permalink: /:year/:slug/", 0, "holds `:year`", "write it as /{year}/{slug}/"),
        ("permalink: /:categories/:title.html", 0, "holds `:cat", "as /{section}/{slug}.html"),
        ('permalink: "/%monthnum%/%postname%/"', 0, "holds `%mon", "as /{month}/{slug}/"),
        ("permalink: /{section}/", 0, "one URL to all", "write it as /{section}/{slug}/"),
        ("permalink: /news/", 0, "one URL to all", "write it as /news/{slug}/"),
        ("pages: {permalink: /page/}", 0, "one URL to all", "write it as /page/{slug}/"),
        ('permalink: "/?p={slug}"', 0, "holds `?`", "write it as /{slug}/"),
        (
            "sections: {world: {permalink: '/../{slug}/'}}",
            0,
            "`sections.world.permalink`: `/../{slug}/` leaves the site",
            "write it as /{slug}/",
        ),
        ("sections: {world: {permalink: '/{sulg}/'}}", 0, "nothing is called `{sulg}`", "slug"),
        ("robots: {ai: never}", 0, "`robots.ai`: unknown value `never`", "allow"),
        ("robots: {bots: no}", 0, "bots", ""),
        ("security: {contact: ['a@b.example'], expires: 2027-01-01}", 0, "a URL to write", ""),
        ("security: {contact: ['mailto:a@b.example'], expires: soon}", 0, "is not a day", ""),
        ("security: {expires: 2027-01-01}", 0, "contact", ""),
        ('permalink: "/"', 0, "is not a path within the site", ""),
        ("content: ../x", 0, "`content`: `../x` is not a folder of the site", ""),
        ("content: /etc", 0, "`content`: `/etc` is not a folder of the site", ""),
        ("search: maybe", 0, "`search` must be true or false or a mapping, not `maybe`", ""),
        ("deploy:\n  a: {kind: folder}", 1, "`deploy.a` lacks `path`", ""),
        ("on_expiry: drop", 0, "`on_expiry` must be excerpt, noindex or remove, not `drop`", ""),
        ("images: {widths: [a]}", 0, "`images.widths.0` must be a whole number, not `a`", ""),
    ],
)
def test_a_value_of_a_wrong_kind(text: str, row: int, message: str, help: str) -> None:
    (found,) = refused(f"{SITE}{text}\n")
    assert message in found.message
    assert found.line == SITE.count("\n") + row + 1
    assert found.snippet == text.splitlines()[row].strip()
    assert help in found.help


@pytest.mark.parametrize(
    ("text", "sign"), [("plugins: [a, b", "]"), ("sections: {news: {title: News}", "}")]
)
def test_a_bracket_that_is_not_closed_is_reported_where_it_was_opened(text: str, sign: str) -> None:
    (found,) = refused(f"{SITE}{text}\nlanguage: en\npagination: 3\n")
    assert found.line == SITE.count("\n") + 1
    assert found.snippet == text
    assert f"close with `{sign}` what is opened on this line" in found.help


def test_all_wrong_values_are_reported_in_one_run(digest: Digest) -> None:
    digest.write("site.yaml", f"{SITE}pagination: x\nmarkdown: {{smart: yes}}\nsections: [a]\n")
    error = digest.run("config", expect=2).stderr
    assert "`markdown.smart` must be true or false, not `yes`" in error
    assert error.count("error[config]") == 3


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("title: The Quay #9", "title"),
        ("description: News of pier #1 # and #2", "description"),
        ("author: Ann Ames # editor", "author"),
        ("theme_options:\n  accent: #c00", "theme_options"),
        ("sources:\n  a:\n    name: Radio #1", "sources"),
        ("sources:\n  a:\n    name: Radio  # public", ""),
        ("title: 'The Quay #9'", ""),
        ("title: The Quay#9", ""),
        ("pagination: 20 # on one page", ""),
        ("# title: a #b", ""),
    ],
)
def test_a_text_that_a_comment_ends_is_reported(line: str, key: str) -> None:
    found = cut_settings(f"timezone: UTC\n{line}\n")
    rows = line.count("\n") + 2
    assert [(d.message.split("`")[1], d.line, d.level) for d in found] == (
        [(key, rows, "warning")] if key else []
    )


def test_a_cut_title_of_the_site_is_reported_by_a_build(digest: Digest) -> None:
    digest.write("site.yaml", SITE.replace("title: T", "title: Quay #9"))
    digest.article("a")
    assert "`title` ends before ` #`" in digest.build().stderr


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://quill.example/", "https://quill.example/"),
        ("https://quill.example", "https://quill.example"),
        ("HTTPS://Quill.Example/Digest/", "https://quill.example/Digest/"),
        ("http://localhost:8000/a/", "http://localhost:8000/a/"),
        ("https://münchen.example/", "https://xn--mnchen-3ya.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://例え.example/", "https://xn--r8jz45g.example/"),
        ("https://quill.example/wörter/", "https://quill.example/w%C3%B6rter/"),
        ("https://quill.example/a%20b/", "https://quill.example/a%20b/"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        (" https://quill.example/ ", "https://quill.example/"),
    ],
)
def test_the_url_of_a_site_is_written_in_ascii(written: str, url: str) -> None:
    assert load_config(f"title: T\nbase_url: '{written}'\ntimezone: UTC\n").base_url == url


@pytest.mark.parametrize(
    "written",
    [
        "https://quill.example/?a=1",
        "https://quill.example/?",
        "https://quill.example/#top",
        "https://ann:key@quill.example/",
        "https://ann@quill.example/",
        "https://quill example/",
        "https://quill.example/a b/",
        "https://",
        "https:///a/",
        "quill.example",
        "ftp://quill.example/",
        "//quill.example/",
        "https://quill.example:99999/",
        "https://quill.example:x/",
        "https://-a.example/",
        "https://a..example/",
        "https://quill.example/../",
        "https://quill.example/%zz/",
        "https://quill.example/<b>/",
        "javascript:x",
        "https://\\u0000.example/",
        "https://quill.example\\\\@evil.example/",
        "https://☃ .example/",
    ],
)
def test_what_no_page_could_be_below_is_refused(written: str) -> None:
    (found,) = refused(f'title: T\nbase_url: "{written}"\ntimezone: UTC\n')
    assert "base_url" in found.message
    assert found.line == 2
    assert "key@" not in found.message


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ("language: english", "`english` is not a language tag"),
        ("language: ''", "is not a language tag"),
        ("language: jp", "not a language"),
        ("timezone: Factory", "unknown time zone"),
        ("timezone: localtime", "unknown time zone"),
        ("timezone: right/UTC", "unknown time zone"),
        ("timezone: Europe/Berln", "unknown time zone"),
        ("timezone: CEST", "unknown time zone"),
        ("timezone: /etc/localtime", "unknown time zone"),
        ("markdown: {extensions: [toc]}", "has no extensions"),
        ("markdown: {engine: python-markdown, extensions: [nope]}", "`nope` is not installed"),
        ("markdown: {engine: python-markdown, extensions: [toc, json]}", "`json` cannot be used"),
        (
            "deploy: {web: {kind: folder, path: /srv, base_url: 'https://quill.example/?x'}}",
            "`deploy.web.base_url` has a query",
        ),
    ],
)
def test_settings_that_mean_nothing_are_refused(lines: str, says: str) -> None:
    zone = "" if "timezone" in lines else "timezone: UTC\n"
    (found,) = refused(f"title: T\nbase_url: https://quill.example/\n{zone}{lines}\n")
    assert says in found.message
    assert "Error" not in found.message
    assert found.help


def test_hints_name_what_was_meant() -> None:
    hints = {}
    for line in ("language: German", "timezone: europe/berlin", "timezone: America/New York"):
        zone = "" if "timezone" in line else "timezone: UTC\n"
        hints[line] = refused(f"title: T\nbase_url: https://quill.example/\n{zone}{line}\n")[0].help
    assert list(hints.values()) == [
        "did you mean `de`?",
        "did you mean `Europe/Berlin`?",
        "did you mean `America/New_York`?",
    ]


def test_a_language_is_kept_in_its_usual_form() -> None:
    assert (
        load_config(
            "title: T\nbase_url: https://q.example/\ntimezone: UTC\nlanguage: pt_br\n"
        ).language
        == "pt-BR"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://t.example/?x=1",
        "https://t.example/a#b",
        "https://t.example/%2e%2e/x",
        "https://t.example/./x",
    ],
)
def test_a_base_url_that_no_page_can_be_below_is_refused(digest: Digest, url: str) -> None:
    digest.write("site.yaml", SITE.replace("https://t.example/", url))
    assert "`base_url`" in digest.run("config", expect=2).stderr
