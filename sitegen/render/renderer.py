"""Pages to bytes: Jinja templates for people, serialisers for machines.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import jinja2
import jinja2.compiler
import jinja2.visitor
import msgspec
from markupsafe import Markup

from sitegen.base.diagnostics import Diagnostic, SitegenError, fail, in_words, nearest, problem
from sitegen.base.gettext import Messages
from sitegen.base.l10n import format_date, list_separator
from sitegen.base.markup import with_urls
from sitegen.base.text import href, is_rooted
from sitegen.model import article, output, site, views
from sitegen.model.article import Image, Show
from sitegen.model.output import Page
from sitegen.model.rights import permitted_text
from sitegen.model.views import (
    Answers,
    ArticleView,
    FeedView,
    IssueView,
    NewsView,
    NinjsView,
    OpmlView,
    ReservationView,
    RobotsView,
    SheetView,
    SiteContext,
    SitemapView,
)
from sitegen.plugins import Plugin, call, hooks, named
from sitegen.render.feeds import Bodies, Feeds, news_sitemap, opml
from sitegen.render.images import by_role, image_credit, picture_html, with_sizes
from sitegen.render.jsonld import structured
from sitegen.render.ninjs import ninjs

if TYPE_CHECKING:
    from sitegen.render.email import Letter
from sitegen.render.jinja import Environment, no_text

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MAX_FRAGMENTS = 40_000  # about 1 KB each
_NO_FILTER = re.compile(r"No (filter|test) named '(.*?)'(?: found)?\.?")
_NO_FIELD = re.compile(r"'sitegen\.model\.(\w+)\.(\w+) object' has no attribute '(\w+)'")
_NOUNS = {"article": article, "output": output, "site": site, "views": views}


class Renderer:
    """Templates compiled once, with the values that every page of one build shares; ``places``
    names their files."""

    def __init__(
        self,
        templates: dict[str, str],
        places: dict[str, str],
        frame: SiteContext,
        embeds: dict[str, str],
        answers: Answers,
        plugins: tuple[Plugin, ...] = (),
    ) -> None:
        self.templates, self.places = templates, places
        self.frame, self.zone = frame, ZoneInfo(frame.timezone)
        self.base_path = re.sub(r"^https?://[^/]*", "", frame.base_url)
        self.messages = Messages(frame.messages)
        self.environment = Environment(
            self.messages,
            loader=jinja2.FunctionLoader(
                lambda name: (
                    (templates[name], places.get(name, name), None) if name in templates else None
                )
            ),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self.environment.globals.update(
            site=frame,
            url=self.url,
            absurl=self.absurl,
            asset=self.asset,
            t=self.messages,
            date=self.date,
            jsonld=self.jsonld,
            embed=lambda name: Markup(embeds[name]),
            rtl=frame.dir == "rtl",
            cached=self.cached,
            img=self.img,
            between=self.between,
            image_credit=image_credit,
            by_role=lambda people: by_role(people, self.messages),
        )
        self.environment.globals["query"] = answers.to
        self.environment.filters.update(
            {
                n: partial(call, p, f, met="rendering a page")
                for n, (p, f) in named(plugins, "filters").items()
            }
        )
        self.after = tuple(hooks(plugins, "post_render"))
        self.fragments: dict[Any, str] = {}
        self.feeds = Feeds(self)
        self.last_letter: tuple[IssueView, Letter, bytes] | None = None

    def render(self, page: Page, bodies: Bodies, read: Callable[[str], bytes] = no_text) -> bytes:
        """The bytes of one page; ``bodies`` gives the HTML of a document, ``read`` the bytes of a
        file of the site.

        Raises SitegenError for a template that is missing or fails, with template and line.
        """
        match page.view:
            case FeedView() as view:
                return self.feeds.render(view, bodies)
            case SitemapView() as view:
                return self.sitemap(view)
            case NewsView() as view:
                return news_sitemap(view, self)
            case OpmlView() as view:
                return opml(view, self)
            case NinjsView() as view:
                return ninjs(view, bodies, self)
            case IssueView(format="epub") as view:
                from sitegen.render.epub import book

                return book(view, bodies, read, self, self.messages)
            case IssueView() as view:
                return self.letter(page, view, bodies)
            case ReservationView():
                policy = self.frame.tdm.policy if self.frame.tdm else ""
                rule = {
                    "location": f"{self.base_path}/*",
                    "tdm-reservation": 1,
                    **({"tdm-policy": self.absurl(policy)} if policy else {}),
                }
                return msgspec.json.format(msgspec.json.encode([rule]), indent=1) + b"\n"
            case SheetView(text=sheet):
                return sheet.encode()
            case RobotsView() as view:
                maps = "".join(f"Sitemap: {self.absurl(url)}\n" for url in view.sitemaps)
                return f"User-agent: *\nAllow: /\n\n{maps}".encode()
        body = ""
        if isinstance(page.view, ArticleView) and page.view.body_from:
            body = self.body(
                bodies(page.view.body_from),
                page.view.rights.show,
                page.view.rights.words,
                page.view.targets,
            )
            if page.view.pictures:
                body = with_sizes(
                    body,
                    {
                        self.base_path + address: image
                        for address, image in page.view.pictures.items()
                    },
                    self.url,
                )
        data = self.template(page, body=Markup(body)).encode("utf-8", "xmlcharrefreplace")
        for plugin, function in self.after:
            data = call(plugin, function, page.output, data, met=f"rendering {page.origin}")
            if not isinstance(data, bytes):
                raise fail(
                    "plugin",
                    f"plugin `{plugin.name}`: `post_render` gave back no bytes",
                    plugin.path,
                    help="give back the page",
                )
        return data

    def begin(self) -> None:
        """Forget the parts of an earlier build's pages: those that have changed since are never
        asked for again."""
        self.fragments.clear()
        self.feeds.entries.clear()

    def letter(self, page: Page, view: IssueView, bodies: Bodies) -> bytes:
        """The e-mail of an edition in one of its forms."""
        from sitegen.render.email import message, plain_letter

        letter, html = self.fitting(page, view, bodies)
        if view.format == "html":
            return html
        text = plain_letter(view, letter, self, self.messages)
        return text.encode() if view.format == "text" else message(view, text, html, self)

    def fitting(self, page: Page, view: IssueView, bodies: Bodies) -> tuple[Letter, bytes]:
        """What an edition's e-mail has room for, and its HTML."""
        from sitegen.render.email import fitting, inlined

        whole = msgspec.structs.replace(
            view, url="", format="", sender=""
        )  # what the three forms have in common
        if not self.last_letter or self.last_letter[0] != whole:
            made = fitting(
                view,
                bodies,
                self,
                lambda letter: inlined(self.template(page, letter=letter, text=Markup)),
            )
            self.last_letter = (whole, *made)
        return self.last_letter[1:]

    def template(self, page: Page, **values: Any) -> str:
        """What the template of ``page`` makes of its view and ``values``."""
        try:
            return self.environment.get_template(page.template).render(page=page.view, **values)
        except SitegenError:
            raise
        except Exception as error:  # noqa: BLE001
            raise SitegenError(self.told(error, page)) from None

    def told(self, error: Exception, page: Page) -> Diagnostic:
        """What went wrong in a template, at its line; for a template that an article asks for and
        that there is not, at the article."""
        name, line = _place(error)
        message, help = str(error), f"met while rendering {page.origin}"
        match error:
            case jinja2.TemplateNotFound(name=str(missing)):
                name = name or page.origin
                tail = re.split("[:/]", missing)[-1]
                near = f"theme/{tail}" if tail in self.places else nearest(missing, self.places)
                message = f"template `{missing}` does not exist"
                help = (
                    f"did you mean `{near}`?"
                    if near
                    else "write it below templates/ of the theme, or correct the name"
                )
            case jinja2.TemplateSyntaxError():
                name, line = error.filename or error.name or "", error.lineno
                message, help = (
                    error.message or "",
                    "compare what is opened on this line and above with what is closed",
                )
                if found := _NO_FILTER.fullmatch(message):
                    near = nearest(
                        found[2],
                        (
                            self.environment.filters
                            if found[1] == "filter"
                            else self.environment.tests
                        ),
                    )
                    help = (
                        f"did you mean `{near}`?"
                        if near
                        else "a plugin may bring filters: docs/plugins.md"
                    )
            case jinja2.UndefinedError() if found := _NO_FIELD.fullmatch(message):
                here = getattr(_NOUNS[found[1]], found[2]).__struct_fields__
                message = f"there is no `{found[3]}` in a `{found[2]}`"
                help = (
                    f"did you mean `{near}`?"
                    if (near := nearest(found[3], here))
                    else f"it has: {', '.join(here)}"
                )
            case jinja2.UndefinedError():
                pass
            case RecursionError():
                message = "extends, includes or calls itself without end"
                help = "`theme/NAME.html` is the theme's own template of that name"
            case _:
                message = f"cannot be rendered: {in_words(error)}"
        text = next(
            (self.templates[key] for key, place in self.places.items() if place == name), ""
        )
        snippet = (
            text.splitlines()[line - 1].strip() if 0 < line <= text.count("\n") + 1 and text else ""
        )
        return problem("template", message, name or page.template, line, help=help, snippet=snippet)

    def body(
        self, html: str, show: Show, words: int, targets: Iterable[tuple[str, str]] = ()
    ) -> str:
        """The article's HTML as its rights allow; its links lead to their ``targets``, and paths
        are below the site's own."""
        html, known = permitted_text(html, show, words), dict(targets)
        if not known and not self.base_path:
            return html

        def led(url: str) -> str:
            url = known.get(url, url)
            return self.base_path + url if is_rooted(url) else url

        return with_urls(html, led)

    def url(self, path: str) -> str:
        """``path`` as an href: below the site's own path, percent-encoded; other sites' addresses
        stay."""
        return (
            href(self.base_path + path)
            if path.startswith("/") and not path.startswith("//")
            else href(path)
        )

    def img(
        self, image: Image, alt: str = "", sizes: str = "100vw", first: bool = False, css: str = ""
    ) -> Markup:
        """``image`` as an element, in all its sizes; ``sizes`` says how wide it will be shown."""
        kept = f' class="{escape(css)}"' if css else ""
        return Markup(picture_html(image, f'{kept} alt="{escape(alt)}"', self.url, sizes, first))

    def absurl(self, path: str) -> str:
        """``path`` as an absolute address."""
        return href(self.frame.base_url + path) if path.startswith("/") else href(path)

    def asset(self, name: str) -> str:
        """The address of a theme asset, with its fingerprint."""
        if name not in self.frame.assets:
            raise jinja2.UndefinedError(f"the theme has no asset `{name}`")
        return self.url(self.frame.assets[name])

    def date(self, value: str, style: str = "long") -> str:
        """A date in the site's language; styles full, long, medium, datetime, month, year."""
        return format_date(value, style, self.frame.language)

    def between(self, loop: Any) -> str:
        """What stands before an item of a list within a sentence, in the site's language: a comma,
        or "and" before the last."""
        return list_separator(loop.index0, loop.length, self.frame.language)

    def jsonld(self, view: Any) -> Markup:
        """The structured data of a page (schema.org), or nothing where it has none."""
        out = []
        for thing in structured(view, self):
            text = msgspec.json.encode({"@context": "https://schema.org"} | thing).decode()
            for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
                text = text.replace(sign, escaped)
            out.append(f'<script type="application/ld+json">{text}</script>')
        return Markup("\n".join(out))

    def cached(self, macro: Any, *args: Any, **kwargs: Any) -> str:
        """What ``macro`` makes of its arguments, made once: for cards and navigation, which many
        pages show alike.

        The macro must be imported without context and depend on nothing but its arguments and the
        frame.
        """
        key = (macro.name, args, *kwargs.items())
        found = self.fragments.get(key)
        if found is None:
            if len(self.fragments) >= MAX_FRAGMENTS:
                self.fragments.clear()
            found = self.fragments[key] = macro(*args, **kwargs)
        return found

    def sitemap(self, view: SitemapView) -> bytes:
        """Addresses with the day of their last change, or an index of such files (sitemaps.org
        0.9)."""
        outer, inner = ("sitemapindex", "sitemap") if view.index else ("urlset", "url")
        rows = ['<?xml version="1.0" encoding="utf-8"?>', f'<{outer} xmlns="{SITEMAP}">']
        for (
            path,
            changed,
        ) in view.entries:  # some ten thousand: an element tree takes ten times as long
            when = f"<lastmod>{escape(changed)}</lastmod>" if changed else ""
            rows.append(f"<{inner}><loc>{escape(self.absurl(path))}</loc>{when}</{inner}>")
        return "\n".join([*rows, f"</{outer}>", ""]).encode()


def _place(error: BaseException) -> tuple[str, int]:
    """The template and line at which an error was raised; neither where it was outside of any."""
    name, line, trace = "", 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith((".html", ".xml")):
            name, line = trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next
    return name, line
