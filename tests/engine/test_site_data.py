"""Data files in builds: which pages they change, and what is wrong with them."""

from __future__ import annotations

import json

import pytest

from sitegen.engine import site_data
from tests.conftest import Digest


@pytest.fixture
def site(digest: Digest) -> Digest:
    digest.article("a")
    digest.write("data/prices.yaml", "oil: 80\n")
    digest.write("data/people.csv", "Name\nAnn\n")
    digest.write("data/unused.yaml", "[")
    main = "{% block main %}{{ site.data.prices.oil }}{% endblock %}"
    digest.write("theme/templates/404.html", "{% extends 'theme/404.html' %}" + main)
    return digest


def changed(digest: Digest) -> int:
    """How many pages a build writes."""
    return int(json.loads(digest.build("--json").stdout)["written"])


def test_only_pages_that_use_a_file_are_rebuilt(site: Digest) -> None:
    site.build()
    assert "80" in site.page("404.html")
    assert changed(site) == 0
    site.write("data/people.csv", "Name\nBo\n")
    assert changed(site) == 0
    site.write("data/prices.yaml", "oil: 81\n")
    assert changed(site) == 1
    assert "81" in site.page("404.html")


def test_a_broken_file_stops_the_build_at_its_line(site: Digest) -> None:
    site.build()
    site.write("data/prices.yaml", "oil: 80\ngas: [}\n")
    said = site.build(expect=1).stderr
    assert "error[data]: broken YAML" in said
    assert "data/prices.yaml:2" in said
    assert "80" in site.page("404.html")


def test_a_file_that_is_missing_is_an_error_in_the_template(site: Digest) -> None:
    (site.root / "data/prices.yaml").unlink()
    said = site.build(expect=1).stderr
    assert "error[template]" in said
    assert "404.html:1" in said
    assert site_data.__doc__
