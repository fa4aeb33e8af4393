"""The taxonomies of a site: tags, authors and sources, and those of site.yaml.

What sitegen knows of one is a value, so that lists, feeds and pages treat all of them alike. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from sitegen.base.text import slugify
from sitegen.config.schema import TOPIC, Config, TaxonomyConfig, TermConfig
from sitegen.model.base import Struct
from sitegen.model.site import Site

LEVEL = "/"  # between the levels of a term
# The key in site.yaml of those that every site has, with what sitegen calls them.
BUILT_IN = {
    "tag": ("tags", "Tags", "/tags/", "/tag/{slug}/"),
    "author": ("authors", "Authors", "/authors/", "/author/{slug}/"),
    "source": ("sources", "Sources", "/sources/", "/source/{slug}/"),
}
KINDS = {key: kind for kind, (key, *_) in BUILT_IN.items()}
_MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"


class Taxonomy(Struct, frozen=True):
    """``kind`` is what its lists are called, ``url`` its index, ``permalink`` the pattern of the
    URLs of its terms.

    ``names`` has the name that counts for the slug of each synonym, ``terms`` what site.yaml or a
    file says of a term, by its slug.
    """

    kind: str
    title: str
    url: str
    permalink: str
    ordered: bool = False
    tree: bool = False
    profile: str = ""
    names: Mapping[str, str] = {}
    terms: Mapping[str, TermConfig] = {}

    def slug(self, name: str) -> str:
        """The slug of a term, with those of the levels above it."""
        if not self.tree:
            return slugify(name)
        return LEVEL.join(slugify(part) for part in name.split(LEVEL) if part.strip())

    def term_url(self, slug: str) -> str:
        """The page of a term."""
        return self.permalink.format(slug=slug)

    def named(self, names: Iterable[str]) -> tuple[str, ...]:
        """``names`` with the name that counts for each synonym, each once."""
        return tuple(dict.fromkeys(self.names.get(self.slug(name), name) for name in names))

    def levels(self, name: str) -> tuple[str, ...]:
        """A term, after the terms that it is part of: ``Europe/France`` is part of ``Europe``."""
        if not self.tree:
            return (name,)
        parts = [part.strip() for part in name.split(LEVEL) if part.strip()]
        return tuple(LEVEL.join(parts[:end]) for end in range(1, len(parts) + 1))

    def label(self, name: str) -> str:
        """A term without the levels above it."""
        return name.rpartition(LEVEL)[2].strip() if self.tree else name


def taxonomies(config: Config) -> dict[str, Taxonomy]:
    """Every taxonomy of the site by its kind: tags, authors and sources, then those of
    site.yaml."""
    out = {}
    for kind, (key, title, url, permalink) in BUILT_IN.items():
        usual = Taxonomy(kind, title, url, permalink)
        out[kind] = _with_settings(usual, config.taxonomies.get(key))
    if config.topics:
        out[TOPIC] = _topics(config)
    for key, said in config.taxonomies.items():
        if key not in KINDS:
            title = key.replace("_", " ").replace("-", " ").capitalize()
            usual = Taxonomy(key, title, f"/{key}/", f"/{key}/{{slug}}/", tree=True)
            out[key] = _with_settings(usual, said)
    return out


def _topics(config: Config) -> Taxonomy:
    """The topics that articles have by rules."""
    terms = {
        slugify(name): TermConfig(topic.title, topic.description, medtop=topic.medtop)
        for name, topic in config.topics.items()
    }
    return Taxonomy(TOPIC, "Topics", "/topics/", "/topic/{slug}/", terms=terms)


def _with_settings(usual: Taxonomy, said: TaxonomyConfig | None) -> Taxonomy:
    """A taxonomy with what site.yaml says of it."""
    if said is None:
        return usual
    taxonomy = replace(
        usual,
        title=said.title or usual.title,
        url=said.url or usual.url,
        permalink=said.permalink or usual.permalink,
        ordered=said.ordered,
        tree=usual.tree if said.hierarchy is None else said.hierarchy,
        profile=said.profile,
    )
    terms = {taxonomy.slug(key): term for key, term in said.terms.items()}
    names = _last_names(taxonomy, _synonyms(taxonomy, said))
    return replace(taxonomy, names=names, terms=terms)


def _synonyms(taxonomy: Taxonomy, said: TaxonomyConfig) -> dict[str, str]:
    """The name of each synonym's term, by the slug of the synonym."""
    names = {taxonomy.slug(written): name for written, name in said.synonyms.items()}
    for key, term in said.terms.items():
        for synonym in term.synonyms:
            names[taxonomy.slug(synonym)] = term.title or key
    return names


def _last_names(taxonomy: Taxonomy, names: Mapping[str, str]) -> dict[str, str]:
    """``names`` in which a synonym of a synonym leads to the name that counts."""
    out = {}
    for written, name in names.items():
        seen = {written}
        while (slug := taxonomy.slug(name)) in names and slug not in seen:
            seen.add(slug)
            name = names[slug]
        out[written] = name
    return out


def media_topic(code: str) -> str:
    """The URI of an IPTC Media Topic, from a code such as ``medtop:20000002``; nothing for none.

    Source: https://cv.iptc.org/newscodes/mediatopic/
    """
    digits = code.removeprefix("medtop:")
    return f"{_MEDIA_TOPICS}{digits}" if digits else ""


def in_series(site: Site, members: Sequence[int]) -> tuple[int, ...]:
    """The articles of a series in order: by `weight`, then by date."""
    return tuple(sorted(members, key=lambda i: (site.documents[i].weight, i)))
