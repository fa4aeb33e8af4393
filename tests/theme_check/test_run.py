"""`sitegen theme`: the shipped themes keep to the rules, and whatever does not is told with file
and line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.theme_check.run import Asked, check_theme
from tests.conftest import SITE, Digest

THEMES = Path(__file__).parent.parent.parent / "themes"
SPEC = "name: mine\nversion: 0.1.0\napi: 1\nextends: base\ndescription: Mine\n"


def checked(digest: Digest, files: dict[str, str], expect: int = 1) -> str:
    """What the check says of a theme that extends base by ``files``."""
    for name, text in ({"theme.yaml": SPEC} | files).items():
        digest.write(f"themes/mine/{name}", text)
    return digest.run("theme", "check", "mine", expect=expect).stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(p.parent.name for p in THEMES.glob("*/theme.yaml")))
def test_a_shipped_theme_has_no_problem(name: str) -> None:
    assert check_theme(Asked(name, (THEMES,), name)) == []


@pytest.mark.parametrize("name", sorted(p.parent.name for p in THEMES.glob("*/theme.yaml")))
def test_a_shipped_theme_explains_its_options(name: str) -> None:
    from sitegen.theme.load import read_spec

    text = (THEMES / name / "README.md").read_text("utf-8")
    assert [
        o
        for o, entry in read_spec(THEMES / name).options.items()
        if entry and f"| `{o}` |" not in text
    ] == []


@pytest.mark.parametrize(
    ("template", "said", "line"),
    [
        ("{% block ending %}\n{{ page.titel }}{% endblock %}", "`page` has no `titel` here", 3),
        ("{% block ending %}\n{{ nothing }}{% endblock %}", "undefined name `nothing`", 3),
        ("{% block ending %}\n{{ site.nothing }}{% endblock %}", "`site` has no `nothing` here", 3),
        (
            "{% block ending %}{% for a in page.authors %}\n{{ a.nmae }}{% endfor %}{% endblock %}",
            "`Byline` has no `nmae`",
            3,
        ),
        (
            "{% block ending %}{{ page.title | shuot }}{% endblock %}",
            "unknown filter `shuot`",
            2,
        ),
        (
            "{% block ending %}{% if page is strang %}{% endif %}{% endblock %}",
            "unknown test `strang`",
            2,
        ),
        ("{% block ending %}{{ query('newest') }}{% endblock %}", "unknown query `newest`", 2),
        (
            "{% block ending %}{{ asset('mine.js') }}{% endblock %}",
            "the theme has no asset `mine.js`",
            2,
        ),
        (
            "{% block ending %}{% include 'no.html' %}{% endblock %}",
            "template `no.html` does not exist",
            2,
        ),
        (
            "{% block ending %}{{ site.theme_options.acent }}{% endblock %}",
            "the theme has no option `acent`",
            2,
        ),
        ("{% block endng %}{% endblock %}", "block `endng` is not shown", 2),
        (
            "{% block ending %}{{ t('Only here') }}{% endblock %}",
            "`Only here` is not translated into: ar, de, es, fr, ja",
            2,
        ),
        (
            '{% block head %}<script\nsrc="https://cdn.example/x"></script>{% endblock %}',
            "asks another host: `https://cdn.example/x`",
            3,
        ),
        (
            '{% block head %}<link rel="preload" href="//cdn.example/x">{% endblock %}',
            "asks another host: `//cdn.example/x`",
            2,
        ),
        ("{% block scripts %}<script>x()</script>{% endblock %}", "the page holds a script", 2),
        ('{% block ending %}<p\nonclick="x()">{% endblock %}', "`onclick` is a script", 3),
        ('{% block ending %}<a href="javascript:x()">{% endblock %}', "a URL is a script", 2),
        ("{% block ending %}{{ 1 + 'a' }}{% endblock %}", "unsupported operand type(s) for +", 2),
        ("{% block ending %}{% endblock %", "expected token 'end of statement block'", 2),
    ],
)
def test_an_error_in_a_template_is_reported_at_its_line(
    digest: Digest, template: str, said: str, line: int
) -> None:
    only_words = said.endswith("ja")
    told = checked(
        digest,
        {"templates/article.html": "{% extends 'base/article.html' %}\n" + template},
        0 if only_words else 1,
    )
    assert said in told
    assert "TypeError" not in told
    assert f"themes/mine/templates/article.html:{line}" in told
    assert told.count("[t") == 1, told


def test_what_is_right_is_not_reported(digest: Digest) -> None:
    told = checked(
        digest,
        {
            "templates/article.html": (
                "{% extends 'base/article.html' %}{# <script>x()</script> {{ no }} #}{% set two = 2"
                " %}{% block ending %}{{ two }}{{ page.nothing is defined }}{{ other | default('x')"
                ' }}{{ super() }}<a href="https://elsewhere.example/">{{ t("Latest") }}</a>{%'
                " block inner %}{% endblock %}{% endblock %}"
            ),
            "assets/mine.css": (
                "/* url(https://x.example/) */ p { background: url(data:,x) } a { mask:"
                " url('dot.svg#a') }"
            ),
            "assets/dot.svg": "<svg/>",
        },
        expect=0,
    )
    assert told == ""


@pytest.mark.parametrize(
    ("css", "said", "line"),
    [
        (
            "p{}\n@import 'https://x.example/a.css';",
            "asks another host: `https://x.example/a.css`",
            2,
        ),
        (
            "@font-face{\nsrc:url(//x.example/a.woff2)}",
            "asks another host: `//x.example/a.woff2`",
            2,
        ),
        ("p{background:url('no.png')}", "`no.png` is not below assets/", 1),
    ],
)
def test_an_error_in_a_style_sheet_is_reported_at_its_line(
    digest: Digest, css: str, said: str, line: int
) -> None:
    told = checked(digest, {"assets/mine.css": css})
    assert said in told
    assert f"themes/mine/assets/mine.css:{line}" in told


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("exttends: x\n", "did you mean `extends`?"),
        ("options: {ink: {type: color, default: x, description: y}}\n", "unknown type `color`"),
        ("options: {ink: {type: choice, default: x, description: y}}\n", "has no `choices`"),
        (
            "options: {ink: {type: boolean, default: 1, description: y}}\n",
            "it must be true or false",
        ),
        ("options: {ink: {type: text, defalt: '', description: y}}\n", "did you mean `default`?"),
        (
            "options: {ink: {type: text, default: '', description: y}}\n",
            "option `ink` has no effect on any page",
        ),
        ("options: {ink: null}\n", "is dropped, but no inherited theme has it"),
        (
            "options: {items: {type: text, default: '', description: y}}\n",
            "a name that templates cannot use",
        ),
        ("options: {accent: blue}\n", "`options.accent` must be a mapping or nothing, not `blue`"),
    ],
)
def test_errors_in_theme_yaml_are_reported(digest: Digest, more: str, said: str) -> None:
    code = digest.write("themes/mine/theme.yaml", SPEC + more)
    done = digest.run("theme", "check", "mine", expect=None)
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "theme.yaml" in done.stderr, code


def test_files_where_nothing_looks_for_them_are_reported(digest: Digest) -> None:
    digest.write("theme/article.html", "x")
    digest.write("theme/README.md", "x")
    digest.write("theme/custom.css", "p{margin:0}")
    error = digest.run("theme", "check").stderr
    for name, place in (("article.html", "templates"), ("custom.css", "assets")):
        told = (
            f"warning[theme]: is not used in this folder\n  --> theme/{name}\n   = help: move it"
            f" to theme/{place}/{name}\n"
        )
        assert told in error
    assert "README" not in error


def test_everything_is_reported_at_once_and_as_json(digest: Digest) -> None:
    checked(
        digest,
        {
            "theme.yaml": (
                "name: other\napi: 1\nextends: base\noptions: {a: {type: text, default: ''}}\n"
            ),
            "templates/front.html": (
                "{% extends 'base/front.html' %}\n{% block top %}{{ page.leda.title }}\n{{"
                " page.blocs }}{% endblock %}"
            ),
            "templates/list.html": (
                "{% extends 'base/list.html' %}{% block cards %}{{ page.crads }}{% endblock %}"
            ),
        },
    )
    done = json.loads(digest.run("theme", "check", "mine", "--json", expect=1).stdout)
    assert done["theme"] == "mine"
    places = [(d["path"], d["line"], d["level"]) for d in done["diagnostics"]]
    assert ("themes/mine/templates/front.html", 2, "error") in places
    assert ("themes/mine/templates/front.html", 3, "error") in places
    assert ("themes/mine/templates/list.html", 1, "error") in places
    assert (
        sum(p == "themes/mine/theme.yaml" for p, _, _ in places) == 4
    )  # name, version, description, description of the option
    assert [p[:2] for p in places] == sorted(p[:2] for p in places)


def test_an_option_that_only_an_overridden_template_reads_has_no_effect(digest: Digest) -> None:
    empty = "{% extends 'base/front.html' %}{% block sections %}{% endblock %}"
    assert "option `front_columns` has no effect" in checked(
        digest, {"templates/front.html": empty}
    )
    dropped = {"theme.yaml": SPEC + "options: {front_columns: null}\n"}
    assert checked(digest, dropped, expect=0) == ""
    digest.write("site.yaml", SITE + "theme: mine\ntheme_options: {front_columns: 3}\n")
    assert "unknown theme option `front_columns`" in digest.build(expect=2).stderr


def test_a_theme_without_what_every_site_needs_is_an_error_and_without_the_rest_a_note(
    digest: Digest,
) -> None:
    digest.write("themes/mine/theme.yaml", SPEC.replace("extends: base\n", ""))
    for name in ("front", "article", "list", "terms", "redirect"):
        digest.write(f"themes/mine/templates/{name}.html", "<p>")
    assert "template `404.html` is missing" in digest.run("theme", "check", "mine", expect=1).stderr
    digest.write("themes/mine/templates/404.html", "<p>")
    assert (
        "note[theme]: without a template `story.html` sites have no stories"
        in digest.run("theme", "check", "mine").stderr
    )


def test_a_theme_is_translated_into_the_languages_that_it_has_words_for(digest: Digest) -> None:
    files = {
        "templates/404.html": (
            "{% extends 'base/404.html' %}{% block title %}{{ t('Lost') }}{{ t('Gone') }}{%"
            " endblock %}"
        ),
        "locales/de.po": 'msgid "Lost"\nmsgstr "Weg"\n',
    }
    told = checked(digest, files, expect=0)
    assert "`Gone` is not translated into: de" in told
    assert "Lost" not in told
    assert digest.run("theme", "check", "mine", "--strict", expect=1).stderr == told


def test_the_files_of_a_site_are_checked_with_its_theme_options_and_plugins(digest: Digest) -> None:
    digest.write(
        "site.yaml",
        SITE + "theme: brief\ntheme_options: {imprint: X}\nplugins: [shout]\nlanguage: de\n",
    )
    digest.write(
        "plugins/shout.py",
        "filters = {'shout': str.upper}\nqueries = {'count': lambda site: {'n':"
        " len(site.documents)}}\n",
    )
    page = "{% extends 'theme/404.html' %}\n{% block title %}"
    digest.write(
        "theme/templates/404.html", page + "{{ query('count').n }}{{ 'a' | shout }}{% endblock %}"
    )
    done = digest.run("theme", "check")
    assert done.stderr == ""
    assert done.stdout == "theme brief: no problems\n"
    digest.write(
        "theme/templates/404.html", page + "{{ t('Mine') }}{{ query('count').m }}{% endblock %}"
    )
    told = digest.run("theme", "check", expect=1).stderr
    assert "theme/templates/404.html:2" in told
    assert "undefined `m` in the mapping" in told
    assert "not translated into: de" in told


def test_a_folder_can_be_checked_where_there_is_no_site(digest: Digest, tmp_path: Path) -> None:
    digest.write("elsewhere/mine/theme.yaml", SPEC)
    assert digest.run("theme", "check", "elsewhere/mine").stdout == "theme mine: no problems\n"
    assert "no theme `brod`" in digest.run("theme", "check", "brod", expect=2).stderr


def test_themes_are_listed_with_where_they_come_from(digest: Digest) -> None:
    digest.write("themes/mine/theme.yaml", SPEC)
    digest.write("site.yaml", SITE + "theme: mine\n")
    lines = digest.run("theme", "list").stdout.splitlines()
    assert [line.split()[:2] for line in lines if line.startswith("*")] == [["*", "mine"]]
    told = {
        t["name"]: t for t in json.loads(digest.run("theme", "list", "--json").stdout)["themes"]
    }
    assert told["mine"]["place"] == "site"
    assert told["mine"]["extends"] == "base"
    assert told["brief"]["place"] == "sitegen"
    digest.write("themes/broken/theme.yaml", "api: 9\n")
    done = digest.run("theme", "list", expect=1)
    assert "written for theme API 9" in done.stderr
    assert "mine" in done.stdout


def test_a_new_theme_changes_nothing_yet_and_its_name_must_do(digest: Digest) -> None:
    digest.article("a")
    digest.write("site.yaml", SITE + "theme: wire\n")
    digest.build()
    before = digest.page("404.html")
    made = digest.run("theme", "new", "evening", "--extends", "wire").stdout
    assert "themes/evening/theme.yaml" in made
    digest.write("site.yaml", SITE + "theme: evening\n")
    digest.build()
    assert (
        re.sub(r'<link [^>]*href="/assets/evening[^>]*>\n', "", digest.page("404.html")) == before
    )
    assert "already exists" in digest.run("theme", "new", "evening", expect=2).stderr
    assert "is not a valid name for a theme" in digest.run("theme", "new", "../x", expect=2).stderr
    assert (
        "did you mean `wire`?"
        in digest.run("theme", "new", "night", "--extends", "wir", expect=2).stderr
    )


def test_a_style_sheet_shows_other_files_of_its_theme(digest: Digest) -> None:
    digest.article("a")
    digest.write("themes/mine/theme.yaml", SPEC)
    digest.write(
        "themes/mine/assets/mine.css",
        "@font-face { src: url('fonts/a.woff2') } p { mask: url(dot.svg#x) }",
    )
    digest.write("themes/mine/assets/fonts/a.woff2", "one")
    digest.write("themes/mine/assets/dot.svg", "<svg/>")
    digest.write("site.yaml", SITE + "theme: mine\n")
    digest.build()

    def sheet() -> tuple[str, str]:
        name = next(n for n in digest.tree() if re.fullmatch(r"assets/mine\.\w+\.css", n))
        return name, digest.page(name)

    name, text = sheet()
    font, dot = re.findall(r"url\('?([^')#]+)", text)
    assert digest.page(f"assets/{font}") == "one"
    assert digest.page(f"assets/{dot}") == "<svg/>"
    assert f'href="/{name}"' in digest.page("index.html")
    digest.write("themes/mine/assets/fonts/a.woff2", "two")
    digest.build()
    assert sheet()[0] != name
    assert sum(n.startswith("assets/mine.") for n in digest.tree()) == 1
    assert "0 files written" in digest.build().stdout


def test_an_installed_plugin_may_bring_themes(
    digest: Digest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "packages"
    for name, text in {
        "evening_pages/__init__.py": "",
        "evening_pages/themes/evening/theme.yaml": SPEC.replace("mine", "evening"),
        "evening-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: evening\nVersion: 1.0\n",
        "evening-1.0.dist-info/entry_points.txt": "[sitegen.plugins]\nevening = evening_pages\n",
    }.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(package))
    digest.article("a")
    digest.write("site.yaml", SITE + "plugins: [evening]\ntheme: evening\n")
    digest.build()
    assert "plugin evening" in digest.run("theme", "list").stdout
    assert digest.run("theme", "check", "evening").stdout == "theme evening: no problems\n"
