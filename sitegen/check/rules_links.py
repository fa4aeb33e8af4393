"""Rules on links inside the site: every URL, image and anchor must exist."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.base.diagnostics import did_you_mean, nearest
from sitegen.check.model import ArticleText, Facts, Finding, Fix
from sitegen.content.discover import TEXT_SUFFIXES
from sitegen.model.article import Document
from sitegen.model.output import Item, Page
from sitegen.model.site import Shown
from sitegen.model.views import BodyView, RedirectView
from sitegen.site.links import lost_image
from sitegen.site.resolve import document_url, held_back

SUGGESTED = 100  # broken URLs for which the nearest one is searched, at about ten milliseconds each


class SiteUrls:
    """Every URL of the built site, with what it shows."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.base = facts.config.base_url.rstrip("/")
        self.found: dict[str, Item] = {}
        self.originals = {path.removeprefix(facts.config.content) for path in facts.media}
        self.suggested: dict[str, str] = {}
        for item in facts.plan.items():
            self.found[f"/{item.output}"] = item
            if item.output.endswith("index.html"):
                self.found["/" + item.output[: -len("index.html")]] = item

    @cached_property
    def unpublished(self) -> dict[str, Document]:
        """Articles without a page, by the URL that they would have."""
        config = self.facts.config
        return {
            document_url(d, config): d
            for d in self.facts.documents
            if d.path not in self.facts.views
        }

    @cached_property
    def articles(self) -> dict[str, Document]:
        """The articles shown, by their file."""
        return {d.path: d for d in self.facts.shown}

    @cached_property
    def files(self) -> dict[str, str]:
        """The URL of each article by its file below the content folder, with a leading
        slash."""
        prefix = self.facts.config.content
        return {path.removeprefix(prefix): view.url for path, view in self.facts.views.items()}

    @cached_property
    def folded(self) -> dict[str, list[str]]:
        """URLs by their lower case form."""
        out = defaultdict(list)
        for url in self.found:
            out[url.lower()].append(url)
        return out

    @cached_property
    def last_parts(self) -> dict[str, list[str]]:
        """URLs by their last part."""
        out = defaultdict(list)
        for url in self.found:
            out[url.rstrip("/").rpartition("/")[2]].append(url)
        return out

    def split(self, href: str, page: str) -> tuple[str, str] | None:
        """The path below the site's root and the anchor that ``href`` on ``page`` leads to; None
        where it leaves the site."""
        if href.startswith("#"):
            return page, unquote(href[1:])
        if self._is_full_url(href):
            href = href[len(self.base) :] or "/"
        elif href.startswith("//") or ":" in href.split("/", 1)[0]:
            return None
        try:
            parts = urlsplit(href if href.startswith("/") else urljoin(page, href))
        except ValueError:
            return href, ""
        return unquote(parts.path), unquote(parts.fragment)

    def _is_full_url(self, href: str) -> bool:
        """Whether ``href`` is a URL of the site with its scheme and host."""
        return href.startswith(self.base) and href[len(self.base) :][:1] in ("", "/", "#", "?")

    def lacks_image(self, src: str) -> bool:
        """Whether ``src`` is a path below the site's root of which no file is published, and no
        smaller ones are made."""
        url = unquote(src)
        is_page = url.endswith("/")
        return (
            src.startswith("/") and (is_page or url not in self.found) and url not in self.originals
        )

    def suggestion(self, path: str) -> str:
        """The URL that was probably meant by ``path``, or an empty string."""
        if path not in self.suggested:
            self.suggested[path] = self._suggestion(path)
        return self.suggested[path]

    def _suggestion(self, path: str) -> str:
        folder, _, name = path.rstrip("/").rpartition("/")
        same = self.folded.get(path.lower()) or self.last_parts.get(name)
        if same:
            return same[0] if len(same) == 1 else ""
        if len(self.suggested) > SUGGESTED:
            return ""
        beside = self._names_in(folder)
        near = nearest(name, list(beside)[:1000])
        return beside[near] if near else ""

    def _names_in(self, folder: str) -> dict[str, str]:
        """The URLs right below ``folder``, by their last parts."""
        start = len(folder) + 1
        below = [url for url in self.found if url.startswith(f"{folder}/")]
        names = {url[start:].rstrip("/"): url for url in below}
        return {name: url for name, url in names.items() if name and "/" not in name}


def links(facts: Facts) -> Iterator[Finding]:
    """Links and images that lead nowhere, missing anchors, and links to old URLs."""
    urls = SiteUrls(facts)
    for document in facts.shown:
        view = facts.views[document.path]
        if document.image and urls.lacks_image(document.image.src):
            yield _lost_image(document, document.image.src, "image", urls)
        if text := facts.texts.get(document.path):
            yield from _in_text(document, text, view, urls)


def _in_text(
    document: Document, text: ArticleText, view: BodyView, urls: SiteUrls
) -> Iterator[Finding]:
    """The images and links of an article's body that lead nowhere."""
    for src, _ in text.images:
        if not src.startswith("//") and urls.lacks_image(src):
            yield _lost_image(document, src, "", urls)
    for words in text.dead:
        yield _unread(document, words)
    files = files_named(view)
    for href in text.links:
        target = urls.split(files.get(href, href), view.url)
        if target and (found := _judge(document, view, href, *target, urls)):
            yield found


def _unread(document: Document, words: str) -> Finding:
    hint = (
        "write it as https://… or as /section/…; a URL that cannot be read is left out of the page"
    )
    message = f"`{words}` has no URL, or one that cannot be read"
    return Finding("link", message, document.path, text=f"[{words}](", help=hint)


def file_named(document: Document, href: str, content: str) -> str:
    """The path below the folder ``content``, with a leading slash, of the file that ``href`` names
    where it is read from the folder of the article."""
    return unquote(urljoin(document.path.removeprefix(content), href.partition("#")[0]))


def files_named(view: BodyView) -> dict[str, str]:
    """The URLs of the files that links of an article name from the folder of the article, as they
    are written; a link to the file of an article is judged by itself."""
    return {
        href: url
        for href, url in view.targets
        if not href.partition("#")[0].lower().endswith(TEXT_SUFFIXES)
    }


def _lost_image(document: Document, src: str, key: str, urls: SiteUrls) -> Finding:
    near, path = urls.suggestion(unquote(src)), unquote(re.split("[?#]", src)[0])
    folder = urls.facts.config.content
    message, help = lost_image(src, path, f"{folder}{path} or static{path}")
    hint = did_you_mean(near, help)
    return Finding(
        "link",
        message,
        document.path,
        key,
        src.rsplit("/", 1)[-1],
        hint,
    )


def _judge(
    document: Document, view: BodyView, href: str, path: str, anchor: str, urls: SiteUrls
) -> Finding | None:
    """What is wrong with one link of ``document`` to ``path`` inside the site."""
    item = urls.found.get(path)
    if item is None:
        return _moved(document, href, path, urls) or _lost(document, href, path, urls)
    if isinstance(item, Page) and isinstance(item.view, RedirectView):
        return _old(document, href, path, item.view.target)
    if isinstance(item, Page) and isinstance(item.view, BodyView):
        if item.origin != document.path and _later(document, item.origin, urls):
            return Finding(
                "link", f"`{href}` leads to an article that appears later", document.path, text=href
            )
        return _anchor(document, href, anchor, item, urls)
    return None


def _later(document: Document, origin: str, urls: SiteUrls) -> bool:
    """Whether the article at ``origin`` appears after ``document`` can be read."""
    other = urls.articles.get(origin)
    return bool(
        other
        and max(other.stamp, other.publish_stamp)
        > max(urls.facts.now, document.stamp, document.publish_stamp)
    )


def _anchor(
    document: Document, href: str, anchor: str, item: Page, urls: SiteUrls
) -> Finding | None:
    text = urls.facts.texts.get(item.origin)
    if (
        not anchor
        or anchor == "top"
        or not text
        or anchor in text.ids
        or anchor in urls.facts.theme_ids
    ):
        return None
    shown = anchor.removeprefix("text-") if href.startswith("#") else anchor
    hint = (
        f"write `#text-{anchor}`"
        if f"text-{anchor}" in text.ids
        else 'correct it, or give the target an id: `<span id="…"></span>`'
    )
    place = "this article" if item.origin == document.path else f"`{item.origin}`"
    return Finding(
        "anchor", f"{place} has no anchor `#{shown}`", document.path, text=f"#{shown}", help=hint
    )


def _old(document: Document, href: str, path: str, target: str) -> Finding:
    new = target + (("#" + href.partition("#")[2]) if "#" in href else "")
    fix = Fix("link", document.path, href, new)
    return Finding(
        "link-moved",
        f"`{href}` leads to an old URL",
        document.path,
        text=href,
        help=f"write `{new}`",
        fix=fix,
    )


def _moved(document: Document, href: str, path: str, urls: SiteUrls) -> Finding | None:
    """A link whose right form is certain: a slash is missing, or it names the article's file."""
    tail = ("#" + href.partition("#")[2]) if "#" in href else ""
    if f"{path}/" in urls.found:
        item = urls.found[f"{path}/"]
        target = (
            item.view.target
            if isinstance(item, Page) and isinstance(item.view, RedirectView)
            else f"{path}/"
        )
        fix = Fix("link", document.path, href, target + tail)
        hint = f"write `{target}{tail}`; not every server adds the slash"
        return Finding(
            "link-moved",
            f"`{href}` lacks the slash at its end",
            document.path,
            text=href,
            help=hint,
            fix=fix,
        )
    content = urls.facts.config.content
    named = file_named(document, href, content)
    url = urls.files.get(named) or urls.files.get(named.removeprefix(f"/{content}"))
    if not url:
        return None
    fix = Fix("link", document.path, href, url + tail)
    message = f"`{href}` names the file of an article, not its URL"
    return Finding(
        "link-moved",
        message,
        document.path,
        text=href,
        help=f"write `{url}{tail}`, or run `sitegen check --fix`",
        fix=fix,
    )


def _lost(document: Document, href: str, path: str, urls: SiteUrls) -> Finding:
    facts = urls.facts
    hidden = urls.unpublished.get(path) or urls.unpublished.get(path + "/")
    if hidden:
        reason = held_back(hidden, facts.config, facts.now, Shown()) or "not published"
        message, hint = f"`{href}` leads to an article that is not shown ({reason})", hidden.path
    elif f"{facts.config.content}{path}" in facts.media:
        message = f"`{href}` leads to a file that is not published"
        hint = f"only images that an article shows are published; move it to static{path}"
    else:
        near = urls.suggestion(path)
        message, hint = (
            f"`{href}` leads nowhere",
            did_you_mean(near, "correct or remove the link"),
        )
    return Finding("link", message, document.path, text=href, help=hint)
