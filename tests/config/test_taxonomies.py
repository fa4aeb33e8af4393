"""`taxonomies` in site.yaml: the shorter forms, and what is refused."""

from __future__ import annotations

import pytest

from sitegen.base.diagnostics import SitegenError
from sitegen.config.load import load_config
from sitegen.config.schema import Config, TaxonomyConfig, TermConfig
from sitegen.config.taxonomies import broken_taxonomies
from tests.conftest import SITE
from tests.samples import config


def loaded(text: str) -> Config:
    return load_config(f"{SITE}{text}\n")


@pytest.mark.parametrize(
    "text", ["[places, series]", "{places: {}, series: {}}", "{places: , series: }"]
)
def test_the_shorter_forms(text: str) -> None:
    assert loaded(f"taxonomies: {text}").taxonomies == {
        "places": TaxonomyConfig(),
        "series": TaxonomyConfig(),
    }


@pytest.mark.parametrize(
    "text", ["{AI: artificial intelligence}", "['AI = artificial intelligence']"]
)
def test_synonyms_in_both_forms(text: str) -> None:
    said = loaded(f"taxonomies: {{tags: {{synonyms: {text}}}}}").taxonomies["tags"]
    assert said.synonyms == {"AI": "artificial intelligence"}


@pytest.mark.parametrize(
    ("text", "message", "help"),
    [
        (
            "{tags: {synonyms: [AI]}}",
            "`AI` does not say what it is a synonym of",
            "AI = artificial",
        ),
        ("{page: {}}", "`page` cannot be the name of a taxonomy", "another name"),
        ("{My Places: {}}", "`My Places` cannot be the name of a taxonomy", ""),
        ("{places: {orderd: true}}", "orderd", "did you mean `ordered`?"),
        (
            "{places: {permalink: /place/}}",
            "would give one URL to all",
            "write it as /place/{slug}/",
        ),
        ("{places: {permalink: '/p/{slug}'}}", "ends without `/`", "write it as /p/{slug}/"),
        ("{places: {permalink: '/p/{sulg}/'}}", "nothing is called `{sulg}`", "`{slug}`"),
        ("{places: {url: /places}}", "ends without `/`", "write it as /places/"),
        ("{places: {profile: place}}", "is not a type of schema.org", "Organization"),
        (
            "{tags: {terms: {oil: {medtop: '12'}}}}",
            "is not a code of IPTC: `12`",
            "medtop:20000002",
        ),
        ("{authors: {synonyms: {a: b}}}", "cannot have synonyms", "content/authors"),
        ("{tags: {synonyms: {a: b, b: A}}}", "leads back to itself", "remove one"),
    ],
)
def test_what_is_refused(text: str, message: str, help: str) -> None:
    with pytest.raises(SitegenError) as raised:
        loaded(f"taxonomies: {text}")
    found = raised.value.diagnostics[-1]
    assert message in found.message
    assert help in found.help
    assert raised.value.exit_status == 2


def test_feeds_may_name_taxonomies() -> None:
    text = "taxonomies: {places: {feed: true}}\nfeeds: {formats: {places: [json]}, text: [places]}"
    assert loaded(text).feed_formats("places") == ("json",)
    with pytest.raises(SitegenError, match="unknown kind `places`"):
        loaded("feeds: {text: [places]}")


def test_good_settings_break_no_rule() -> None:
    said = TaxonomyConfig(profile="Place", terms={"a": TermConfig(medtop="20000002")})
    assert list(broken_taxonomies(config(taxonomies={"places": said}))) == []
