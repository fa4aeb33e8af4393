"""What every stage may use is fixed before the first one."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.schema import Config, EditionsConfig
from sitegen.engine.context import build_extras
from sitegen.model.site import Shown
from tests.conftest import SITE, Digest
from tests.engine.in_process import loaded


def test_options_and_settings(digest: Digest) -> None:
    digest.write("site.yaml", SITE + "plugins: [own]\n")
    digest.write("plugins/own.py", "filters = {'loud': str.upper}\n")
    digest.write("theme/templates/x.html", "{{ query('latest') }}")
    with loaded(digest.root, drafts=True, preview=True) as context:
        assert context.shown == Shown(drafts=True, future=False, expired=False)
        assert context.output == digest.root / "output"
        assert [plugin.name for plugin in context.plugins] == ["own"]
        assert context.theme.plugins == context.plugins
        assert "x.html" in context.closures and "latest" in str(context.queries)


@pytest.mark.parametrize(
    ("text", "options", "code"),
    [
        ("title: [", {}, "config"),
        (SITE + "theme: nowhere\n", {}, "theme"),
        (SITE + "plugins: [nowhere]\n", {}, "plugin"),
        (SITE, {"output": "content"}, "output"),
    ],
)
def test_what_cannot_be_loaded(
    digest: Digest, text: str, options: dict[str, str], code: str
) -> None:
    digest.write("site.yaml", text)
    if "output" in options:
        options = {"output": str(digest.root / options["output"])}
    with pytest.raises(SitegenError) as caught, loaded(digest.root, **options):
        pass
    assert [problem.code for problem in caught.value.diagnostics] == [code]


@pytest.mark.parametrize(("email", "extras"), [(False, set[str]()), (True, {"email"})])
def test_extras_that_a_build_needs(email: bool, extras: set[str]) -> None:
    editions = EditionsConfig(kind="weekly", email=email)
    config = Config("T", "https://t.example", "UTC", search=True, editions=editions)
    assert build_extras(config).keys() == extras
