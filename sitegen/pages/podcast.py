"""The podcast of a site: which articles have a recording, and what directories show. Pure."""

from __future__ import annotations

from email.utils import parseaddr

from sitegen.base.text import href
from sitegen.config.schema import Config
from sitegen.content.embedded_files import AUDIO_TYPES, suffix_of
from sitegen.model.article import Document
from sitegen.model.site import Site
from sitegen.model.views import Podcast, SoundFile
from sitegen.site.taxonomies import taxonomies


def recording(document: Document) -> SoundFile | None:
    """The first own recording of an article, as its rights allow."""
    for file in document.data:
        if kind := AUDIO_TYPES.get(suffix_of(file.path)):
            return SoundFile(href(file.url), kind, file.size)
    return None


def recorded(site: Site, config: Config) -> frozenset[int]:
    """The articles with a recording of their own, if the site has a podcast."""
    if config.podcast is None:
        return frozenset()
    hidden = site.withdrawn | site.noindex
    return frozenset(
        i
        for i in site.articles
        if site.paths[i] in site.facts.data and i not in hidden and recording(site.documents[i])
    )


def podcast_of(kind: str, config: Config) -> Podcast | None:
    """What directories show of the podcast of lists of ``kind``."""
    said = config.podcast
    if said is None:
        return None
    name, mail = parseaddr(said.owner)
    author = config.author or config.title
    taxonomy = taxonomies(config).get(kind)
    return Podcast(
        image=said.image,
        categories=tuple(said.category.split(" > ")),
        author=author,
        owner=name or author if mail else "",
        mail=mail,
        explicit=said.explicit,
        serial=taxonomy is not None and taxonomy.ordered,
    )
