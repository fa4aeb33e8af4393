"""Pages to bytes: Jinja templates for people, serialisers for machines.

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import jinja2
import msgspec
from markupsafe import Markup

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.gettext import Messages
from sitegen.base.headline import fit
from sitegen.base.l10n import format_date, language_name, list_separator, with_region
from sitegen.base.licences import licence_url
from sitegen.base.markup import with_urls
from sitegen.base.memory import make_room
from sitegen.base.text import href, is_rooted
from sitegen.content.alerts import ALERTS
from sitegen.model.article import Image, Show
from sitegen.model.output import Page
from sitegen.model.rights import permitted_text
from sitegen.model.views import (
    Answers,
    BodyView,
    FeedView,
    IssueView,
    ManifestView,
    NewsView,
    NinjsView,
    OpmlView,
    ReservationView,
    RobotsView,
    SheetView,
    SiteContext,
    SitemapView,
    TemplateSite,
    TextView,
)
from sitegen.plugins import Plugin, call, hooks, named
from sitegen.render.contents import headings
from sitegen.render.feeds import Bodies, Feeds, news_sitemap, opml
from sitegen.render.images import by_role, image_credit, picture_html, unnamed_credits
from sitegen.render.jinja import Environment
from sitegen.render.jsonld import structured
from sitegen.render.ninjs import ninjs
from sitegen.render.page_body import BodyTools, page_body
from sitegen.render.shortcodes import with_shortcodes
from sitegen.render.site_files import reservation, robots, sitemap, web_manifest
from sitegen.render.template_errors import template_error

if TYPE_CHECKING:
    from sitegen.render.email import Letter

_ALERT = '<p class="alert-title">'
_ALERT_TITLE = re.compile(rf"{_ALERT}({'|'.join(ALERTS.values())})</p>")
MAX_FRAGMENTS = 5_000  # about 1 KB each


def no_file(path: str) -> bytes:
    """Reads no file: for pages that hold none."""
    raise FileNotFoundError(path)


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
        self.environment = Environment(self.messages, templates, places)
        self.environment.globals.update(
            site=TemplateSite(**msgspec.structs.asdict(frame), data=answers.data),
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
            query=answers.to,
            between=self.between,
            fit=lambda title: f" {fit(title)}".rstrip(),
            tongue=language_name,
            image_credit=image_credit,
            unnamed_credits=unnamed_credits,
            licence_url=licence_url,
            og_locale=with_region,
            by_role=lambda people: by_role(people, self.messages),
        )
        self.environment.filters.update(
            (name, partial(call, plugin, function, met="rendering a page"))
            for name, (plugin, function) in named(plugins, "filters").items()
        )
        self.after = tuple(hooks(plugins, "post_render"))
        self.fragments: dict[Any, str] = {}
        self.feeds = Feeds(self)
        self.last_letter: tuple[IssueView, Letter, bytes] | None = None

    def compile(self, names: Iterable[str]) -> None:
        """Compile templates; what is wrong with one is reported where a page is made from it."""
        for name in names:
            with suppress(jinja2.TemplateError):
                self.environment.get_template(name)

    def render(self, page: Page, bodies: Bodies, read: Callable[[str], bytes] = no_file) -> bytes:
        """The bytes of one page; ``bodies`` gives the HTML of a document, ``read`` the bytes of a
        file of the site.

        Raises SitegenError for a template that is missing or fails, with template and line.
        """
        match page.view:
            case FeedView() as view:
                return self.feeds.render(view, bodies)
            case SitemapView() as view:
                return sitemap(view, self.absurl)
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
                return reservation(self.frame, self.base_path, self.absurl)
            case ManifestView() as view:
                return web_manifest(view, self.frame, self.url)
            case SheetView(text=text) | TextView(text=text):
                return text.encode()
            case RobotsView() as view:
                return robots(view, self.absurl)
        return self.page(page, bodies, read)

    def page(self, page: Page, bodies: Bodies, read: Callable[[str], bytes] = no_file) -> bytes:
        """The bytes of a page for people, as plugins leave them."""
        body, contents = "", headings("", 0)
        if isinstance(page.view, BodyView):
            body = self.article_body(page.view, bodies, read)
            body = self.with_macros(body, page)
            contents = headings(body, page.view.toc)
        html = self.template(page, body=Markup(body), toc=contents)
        data = html.encode("utf-8", "xmlcharrefreplace")
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

    def article_body(
        self, view: BodyView, bodies: Bodies, read: Callable[[str], bytes] = no_file
    ) -> str:
        """The HTML of an article as its page may show it."""
        if not view.body_from:
            return ""
        html = bodies(view.body_from)
        body = self.body(html, view.rights.show, view.rights.words, view.targets)
        tools = BodyTools(self.base_path, self.url, self.messages, self.frame.bodies, read)
        return page_body(body, view, tools)

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

        # what the three forms have in common
        shared = msgspec.structs.replace(view, url="", format="", sender="")
        if not self.last_letter or self.last_letter[0] != shared:
            made = fitting(
                view,
                bodies,
                self,
                lambda letter: inlined(self.template(page, letter=letter, text=Markup)),
            )
            self.last_letter = (shared, *made)
        return self.last_letter[1:]

    def with_macros(self, body: str, page: Page) -> str:
        """``body`` with what macros of the theme make of the calls in it."""
        return self.guarded(
            page,
            lambda: with_shortcodes(body, self.environment, self.templates, page.origin),
        )

    def template(self, page: Page, **values: Any) -> str:
        """What the template of ``page`` makes of its view and ``values``."""
        return self.guarded(
            page,
            lambda: self.environment.get_template(page.template).render(page=page.view, **values),
        )

    def guarded(self, page: Page, make: Callable[[], str]) -> str:
        """What ``make`` returns; what it raises is an error in a template of ``page``."""
        try:
            return make()
        except SitegenError:
            raise
        except Exception as error:  # noqa: BLE001
            problem = template_error(error, page, self.environment, self.templates, self.places)
            raise SitegenError(problem) from None

    def body(
        self, html: str, show: Show, words: int, targets: Iterable[tuple[str, str]] = ()
    ) -> str:
        """The article's HTML as its rights allow; its links lead to their ``targets``, and paths
        are below the site's own."""
        html, moved = permitted_text(html, show, words), dict(targets)
        if _ALERT in html:
            html = _ALERT_TITLE.sub(lambda m: f"{_ALERT}{self.messages(m[1])}</p>", html)
        if not moved and not self.base_path:
            return html

        def target(url: str) -> str:
            url = moved.get(url, url)
            return self.base_path + url if is_rooted(url) else url

        return with_urls(html, target)

    def url(self, path: str) -> str:
        """``path`` as an href: below the site's own path, percent-encoded; URLs of other sites
        stay."""
        return href(self.base_path + path if is_rooted(path) else path)

    def img(
        self, image: Image, alt: str = "", sizes: str = "100vw", first: bool = False, css: str = ""
    ) -> Markup:
        """``image`` as an element, in all its sizes; ``sizes`` says how wide it will be shown."""
        kept = f' class="{escape(css)}"' if css else ""
        return Markup(picture_html(image, f'{kept} alt="{escape(alt)}"', self.url, sizes, first))

    def absurl(self, path: str) -> str:
        """``path`` as an absolute URL."""
        return href(self.frame.base_url + path) if path.startswith("/") else href(path)

    def asset(self, name: str) -> str:
        """The URL of a theme asset, with its fingerprint."""
        if name not in self.frame.assets:
            raise jinja2.UndefinedError(f"the theme has no asset `{name}`")
        return self.url(self.frame.assets[name])

    def date(self, value: str, style: str = "long") -> str:
        """A date in the site's language; styles full, long, medium, datetime, month, year."""
        return format_date(value, style, self.frame.language)

    def between(self, loop: Any) -> str:
        """What separates an item of a list from the one before, in the site's language: a comma, or
        "and" before the last."""
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
        fragment = self.fragments.get(key)
        if fragment is None:
            make_room(self.fragments, MAX_FRAGMENTS)
            fragment = self.fragments[key] = macro(*args, **kwargs)
        return fragment
