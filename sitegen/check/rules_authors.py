"""Rules on names: authors that are unknown, similar, written as an alias, or missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sitegen.base.diagnostics import nearest_hint
from sitegen.check.model import Facts, Finding, Fix
from sitegen.check.similar_names import similar_names
from sitegen.model.article import Document


def _aliases(facts: Facts) -> dict[str, str]:
    return {alias: a.name for a in facts.config.authors.values() for alias in a.aliases}


def _own(document: Document) -> bool:
    return not document.source.name and not document.source.url


def unknown(facts: Facts) -> Iterator[Finding]:
    """Authors of own articles that site.yaml does not list, each once, where it lists any; guests
    with an `org` are known by it."""
    aliases = _aliases(facts)
    known = {a.name for a in facts.config.authors.values()}
    first: dict[str, Document] = {}
    for document in facts.articles if known else ():
        for person in document.authors if _own(document) else ():
            if not person.org and aliases.get(person.name, person.name) not in known:
                first.setdefault(person.name, document)
    for name, document in first.items():
        other = "add the name below `authors:`, or give the article's `source`"
        hint = nearest_hint(name, known, other)
        yield Finding(
            "author-unknown",
            f"`{name}` is not among `authors` in site.yaml",
            document.path,
            "authors",
            name,
            hint,
        )


def similar(facts: Facts) -> Iterator[Finding]:
    """Two names that may be one person's, reported at the first article that has the rarer one."""
    aliases = _aliases(facts)
    counts: Counter[str] = Counter()
    first: dict[str, Document] = {}
    signed = []
    for document in facts.articles:
        names = tuple(aliases.get(p.name, p.name) for p in document.authors)
        for name in names:
            counts[name] += 1
            first.setdefault(name, document)
        if len(names) > 1:
            signed.append(names)
    for pair in similar_names(counts, signed, (a.name for a in facts.config.authors.values())):
        few, many = _articles(counts[pair.name]), _articles(counts[pair.other])
        message = f"`{pair.name}` ({few}) and `{pair.other}` ({many}) differ by {pair.how}"
        hint = (
            f"if it is one person, make `{pair.name}` an alias of `{pair.other}` below `authors:`"
            " in site.yaml; if not, list both there"
        )
        yield Finding("author-similar", message, first[pair.name].path, "authors", pair.name, hint)


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"


def alias(facts: Facts) -> Iterator[Finding]:
    """Authors written as an alias: pages already show the name, so the file can have it too.

    A person who would be listed twice then is left to the editor.
    """
    aliases = _aliases(facts)
    for document in facts.articles if aliases else ():
        names = [person.name for person in document.authors]
        for person in document.authors:
            if (name := aliases.get(person.name, person.name)) != person.name:
                if name in names or [aliases.get(n, n) for n in names].count(name) > 1:
                    message, hint = (
                        f"`{person.name}` is an alias of `{name}`, who would be listed twice",
                        "remove one of the two names",
                    )
                    yield Finding(
                        "author-alias", message, document.path, "authors", person.name, hint
                    )
                    continue
                fix = Fix("author", document.path, person.name, name)
                message = f"`{person.name}` is an alias of `{name}`"
                yield Finding(
                    "author-alias",
                    message,
                    document.path,
                    "authors",
                    person.name,
                    "`sitegen check --fix` writes the name",
                    fix,
                )


def missing(facts: Facts) -> Iterator[Finding]:
    """Articles that name no author."""
    for document in facts.articles:
        if not document.authors:
            hint = "add `authors:` where the source names them"
            yield Finding(
                "author-missing", "the article names no author", document.path, "source", help=hint
            )
