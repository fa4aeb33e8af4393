"""The photos of authors that have a page."""

from __future__ import annotations

from sitegen.config.schema import AuthorConfig
from sitegen.engine.site_images import author_photos
from sitegen.model.article import Person
from tests.samples import config, document, site


def test_only_authors_of_published_articles_have_photos() -> None:
    authors = {
        "ann": AuthorConfig("Ann Ames", photo="/authors/ann.jpg"),
        "bo": AuthorConfig("Bo Beck", photo="/authors/bo.jpg"),
        "cy": AuthorConfig("Cy Dee"),
    }
    digest = site(document("tide", authors=(Person("Ann Ames"), Person("Cy Dee"))))
    assert author_photos(digest, config(authors=authors)) == {"/authors/ann.jpg"}
