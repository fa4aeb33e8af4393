"""Errors that can be found without rendering a page: names, options, queries, assets, words,
blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import jinja2
from jinja2 import meta, nodes

from sitegen.base.diagnostics import Diagnostic, did_you_mean, nearest, nearest_hint, problem
from sitegen.base.gettext import Messages
from sitegen.model.views import (
    Answers,
    ArchiveView,
    ArticleView,
    CorrectionsView,
    EditionsView,
    EditionView,
    FrontView,
    GoneView,
    IssueView,
    ListView,
    PageView,
    PlainView,
    RedirectView,
    SearchView,
    SiteContext,
    StoryView,
    TemplateSite,
    TermsView,
)
from sitegen.pages.queries import BUILT_IN
from sitegen.plugins import named
from sitegen.render.renderer import Renderer
from sitegen.render.template_errors import name_hint
from sitegen.theme_check.model import Subject

VIEWS: dict[str, type] = {
    "front.html": FrontView,
    "article.html": ArticleView,
    "page.html": PageView,
    "list.html": ListView,
    "terms.html": TermsView,
    "404.html": PlainView,
    "gone.html": GoneView,
    "redirect.html": RedirectView,
    "archive.html": ArchiveView,
    "edition.html": EditionView,
    "editions.html": EditionsView,
    "story.html": StoryView,
    "corrections.html": CorrectionsView,
    "search.html": SearchView,
    "email.html": IssueView,
}
PAGE_VALUES = ("page", "body", "toc")  # what each page is rendered with
MAIL_VALUES = ("page", "letter", "text")


def environment(filters: Iterable[str] = ()) -> jinja2.Environment:
    """Jinja as pages are made with it, with the names of ``filters`` from plugins."""
    out = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    out.filters.update(dict.fromkeys(filters, str))
    return out


def renderer_names() -> set[str]:
    """The names that every template sees."""
    frame = SiteContext(
        "", "https://x.example", "en", "ltr", "UTC", "", "", (), (), "", {}, {}, (), ""
    )
    return set(Renderer({}, {}, frame, {}, Answers()).environment.globals)


class Template:
    """A template as it was parsed; ``tree`` is None where it cannot be, and ``error`` says why."""

    def __init__(self, name: str, text: str, place: str, jinja: jinja2.Environment) -> None:
        self.name, self.text, self.place, self.jinja = name, text, place, jinja
        self.error: jinja2.TemplateSyntaxError | None = None
        self.tree: nodes.Template | None = None
        try:
            self.tree = jinja.parse(text)
        except jinja2.TemplateSyntaxError as error:
            self.error = error

    def find(self, kind: type[Any]) -> Iterator[Any]:
        return self.tree.find_all(kind) if self.tree else iter(())

    @property
    def parent(self) -> str:
        """The name of the template that it extends, or nothing."""
        extended = next(self.find(nodes.Extends), None)
        return (
            str(extended.template.value)
            if extended and isinstance(extended.template, nodes.Const)
            else ""
        )

    @property
    def blocks(self) -> dict[str, nodes.Block]:
        return {b.name: b for b in self.find(nodes.Block)}

    @cached_property
    def exports(self) -> set[str]:
        """The names that it sets, imports or defines: a block sees those of the template."""
        out = {node.name for node in self.find(nodes.Name) if node.ctx == "store"}
        out |= {node.target for node in self.find(nodes.Import)}
        out |= {node.name for node in self.find(nodes.Macro)}
        for node in self.find(nodes.FromImport):
            out |= {name[1] if isinstance(name, tuple) else name for name in node.names}
        return out

    @cached_property
    def guarded(self) -> set[str]:
        """What it tests with `is defined` or gives a `default`: `x`, `page.x`."""
        out = set()
        for node in (*self.find(nodes.Test), *self.find(nodes.Filter)):
            if node.name in ("defined", "undefined", "default", "d") and node.node is not None:
                out.add(_dotted(node.node))
        return out


def _dotted(node: nodes.Node) -> str:
    """`site.theme_options.x` for the access to it; nothing for what is computed."""
    match node:
        case nodes.Name(name=str(name)):
            return name
        case nodes.Getattr(node=inner, attr=str(attr)) if before := _dotted(inner):
            return f"{before}.{attr}"
        case nodes.Getitem(node=inner, arg=nodes.Const(value=str(attr))) if before := _dotted(
            inner
        ):
            return f"{before}.{attr}"
    return ""


def read(subject: Subject) -> dict[str, Template]:
    """Every template of the theme, parsed."""
    theme = subject.theme
    jinja = environment(named(theme.plugins, "filters"))
    return {
        name: Template(name, text, theme.places[name], jinja)
        for name, text in theme.templates.items()
    }


def check_templates(
    subject: Subject, known: dict[str, Template], catalogues: dict[str, Messages]
) -> Iterator[Diagnostic]:
    """Errors in the templates of the theme's own layers; ``catalogues`` are by language."""
    own = {x.name for x in subject.layers if x.own}
    everywhere = renderer_names()
    for template in known.values():
        if subject.owner(template.place) not in own:
            continue
        file = subject.file(template.place)
        if template.error:
            yield problem("template", str(template.error.message), file, template.error.lineno)
            continue
        for check in (_references, _unknown_filters, _assets_and_queries, _options, _fields):
            yield from check(subject, template, file, known)
        yield from _unknown_names(template, file, _chain(template, known), everywhere)
        yield from _blocks(template, file, _chain(template, known)[1:])
        yield from _untranslated(template, file, catalogues)


def _chain(template: Template, known: dict[str, Template]) -> list[Template]:
    """The template and those it extends."""
    out = [template]
    while (above := known.get(out[-1].parent)) and above not in out:
        out.append(above)
    return out


def _references(
    subject: Subject, template: Template, file: str, known: dict[str, Template]
) -> Iterator[Diagnostic]:
    for node in template.find(nodes.Node):
        if isinstance(
            node, (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
        ) and isinstance(node.template, nodes.Const):
            name = str(node.template.value)
            if name not in known and not getattr(node, "ignore_missing", False):
                hint = nearest_hint(
                    name, known, f"choose from: {', '.join(n for n in known if '/' not in n)}"
                )
                yield problem(
                    "template", f"template `{name}` does not exist", file, node.lineno, help=hint
                )


def _unknown_filters(
    subject: Subject, template: Template, file: str, known: dict[str, Template]
) -> Iterator[Diagnostic]:
    for what, kind, there in (
        ("filter", nodes.Filter, template.jinja.filters),
        ("test", nodes.Test, template.jinja.tests),
    ):
        for node in template.find(kind):
            if node.name not in there:
                hint = nearest_hint(
                    node.name, there, "a plugin may add filters; see: sitegen help plugins"
                )
                yield problem(
                    "template", f"unknown {what} `{node.name}`", file, node.lineno, help=hint
                )


def _assets_and_queries(
    subject: Subject, template: Template, file: str, known: dict[str, Template]
) -> Iterator[Diagnostic]:
    queries = {*BUILT_IN, *named(subject.theme.plugins, "queries")}
    for node in template.find(nodes.Call):
        match node:
            case nodes.Call(
                node=nodes.Name(name="asset" | "embed"), args=[nodes.Const(value=str(name)), *_]
            ) if name not in subject.theme.assets:
                near = nearest(name, subject.theme.assets)
                hint = did_you_mean(near, "put the file below assets/ of the theme")
                yield problem(
                    "theme-asset", f"the theme has no asset `{name}`", file, node.lineno, help=hint
                )
            case nodes.Call(
                node=nodes.Name(name="query"), args=[nodes.Const(value=str(name)), *_]
            ) if name not in queries:
                hint = nearest_hint(name, queries, f"choose from: {', '.join(sorted(queries))}")
                yield problem("template", f"unknown query `{name}`", file, node.lineno, help=hint)


def _options(
    subject: Subject, template: Template, file: str, known: dict[str, Template]
) -> Iterator[Diagnostic]:
    """Options that are read and that no theme declares, also by a name for all of them."""
    names = {"site.theme_options"}
    for one in _chain(template, known):
        for node in one.find(nodes.Assign):
            if isinstance(node.target, nodes.Name) and _dotted(node.node) == "site.theme_options":
                names.add(node.target.name)
    for node in (*template.find(nodes.Getattr), *template.find(nodes.Getitem)):
        before, _, name = _dotted(node).rpartition(".")
        if (
            before in names
            and name not in subject.options
            and f"{before}.{name}" not in template.guarded
            and not hasattr(dict, name)
        ):
            hint = nearest_hint(name, subject.options, "declare it below `options:` in theme.yaml")
            yield problem(
                "theme-option", f"the theme has no option `{name}`", file, node.lineno, help=hint
            )


def _fields(
    subject: Subject, template: Template, file: str, known: dict[str, Template]
) -> Iterator[Diagnostic]:
    """Fields of `site`, and of `page` where the template is for one kind of page, that do not
    exist."""
    kinds = {"site": TemplateSite} | (
        {"page": view} if (view := VIEWS.get(template.name.rpartition("/")[2])) else {}
    )
    for node in template.find(nodes.Getattr):
        name = _dotted(node)
        owner, _, field = name.partition(".")
        if (
            owner in kinds
            and field
            and "." not in field
            and not hasattr(kinds[owner], field)
            and name not in template.guarded
        ):
            there = getattr(kinds[owner], "__struct_fields__", ())
            near = nearest(field, there)
            hint = did_you_mean(near and f"{owner}.{near}", f"it has: {', '.join(there)}")
            yield problem(
                "template", f"`{owner}` has no `{field}` here", file, node.lineno, help=hint
            )


def _unknown_names(
    template: Template, file: str, chain: list[Template], everywhere: set[str]
) -> Iterator[Diagnostic]:
    assert template.tree
    given = MAIL_VALUES if template.name.endswith("email.html") else PAGE_VALUES
    there = everywhere | set(given) | {n for one in chain for n in one.exports} | template.guarded
    try:
        used = meta.find_undeclared_variables(template.tree)
    except jinja2.TemplateAssertionError:  # an unknown filter or test, which is reported above
        return
    for name in sorted(used - there):
        line = next(
            (n.lineno for n in template.find(nodes.Name) if n.name == name and n.ctx == "load"), 0
        )
        hint = name_hint(name, there)
        yield problem("template", f"undefined name `{name}`", file, line, help=hint)


def _blocks(template: Template, file: str, above: Sequence[Template]) -> Iterator[Diagnostic]:
    """Blocks that replace nothing: the template above has no such block, and none around them that
    it has."""
    if not above:
        return
    existing = {name for one in above for name in one.blocks}
    inner = {b.name for block in template.blocks.values() for b in block.find_all(nodes.Block)}
    unused = template.blocks.keys() - existing - inner
    for name, block in template.blocks.items():
        if name in unused:
            other = f"{above[0].name} has: {', '.join(sorted(existing))}"
            message = f"block `{name}` is not shown: `{above[0].name}` has no such block"
            hint = nearest_hint(name, existing, other)
            yield problem("theme-block", message, file, block.lineno, help=hint)


def _untranslated(
    template: Template, file: str, catalogues: dict[str, Messages]
) -> Iterator[Diagnostic]:
    for node in template.find(nodes.Call):
        match node:
            case nodes.Call(node=nodes.Name(name="t"), args=[nodes.Const(value=str(words)), *_]):
                absent = [
                    language for language, messages in catalogues.items() if words not in messages
                ]
                if absent:
                    hint = (
                        "add them to the catalogues below locales/ of the theme, such as"
                        " locales/de.po; see: sitegen help languages"
                    )
                    message = f"`{words}` is not translated into: {', '.join(absent)}"
                    yield problem(
                        "theme-words", message, file, node.lineno, help=hint, level="warning"
                    )
