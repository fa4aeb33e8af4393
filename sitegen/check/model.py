"""What the rules are given, and what they give back."""

from __future__ import annotations

from typing import Literal

from sitegen.base.diagnostics import Diagnostic
from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.output import Plan
from sitegen.model.views import BodyView, SiteContext


class ArticleText(Struct, frozen=True):
    """What an article's HTML holds: URLs of links, ids, images as (URL, alternative text), and
    the words of links without a URL."""

    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()
    dead: tuple[str, ...] = ()


class Fix(Struct, frozen=True):
    """A change that is the only safe one: in the file ``path``, the author or link ``old`` becomes
    ``new``."""

    kind: Literal["author", "link"]
    path: str
    old: str
    new: str


class Finding(Struct, frozen=True):
    """What a rule reports of the file ``path``: at the front matter's ``key``, or where the body
    has ``text``."""

    rule: str
    message: str
    path: str = ""
    key: str = ""
    text: str = ""
    help: str = ""
    fix: Fix | None = None


class Sample(Struct, frozen=True):
    """A page as it was rendered, for rules that judge bytes."""

    output: str
    origin: str
    data: bytes


class Facts(Struct, frozen=True):
    """A digest as the rules see it.

    ``views`` are the articles' pages by the path of their article, and those of the site itself.
    """

    config: Config
    now: float
    days: int
    documents: tuple[Document, ...]  # all that can be read, whatever their status
    shown: tuple[Document, ...]  # those that have a page now or later, and are not withdrawn
    views: dict[str, BodyView]
    plan: Plan
    frames: dict[str, SiteContext]  # by language; that of the site is the empty one
    texts: dict[str, ArticleText]  # of the articles with a page that shows their text
    theme_ids: frozenset[str]
    media: tuple[str, ...]  # every image below the content folder
    credits: dict[str, str]  # URL of an image of this site -> its creator, as the file says
    feeds: dict[str, tuple[str, ...]]  # output -> the errors in it
    letters: dict[
        str, tuple[int, int]
    ]  # output of a recent e-mail edition -> bytes, omitted articles
    samples: tuple[Sample, ...]  # one article's page of each template

    @property
    def articles(self) -> tuple[Document, ...]:
        """Those of ``shown`` that are articles, not pages of the site itself."""
        return tuple(d for d in self.shown if d.kind == "article")


class CheckOptions(Struct, frozen=True):
    """What the command line may ask of a check.

    ``now`` is an ISO moment; ``rules`` are all where empty.
    """

    root: str
    now: str
    drafts: bool = False
    days: int = 7
    external: bool = False
    rules: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()


class CheckReport(Struct, frozen=True):
    """The outcome of a check.

    ``fixes`` are the changes that ``--fix`` would make.
    """

    articles: int
    diagnostics: tuple[Diagnostic, ...]
    rules: dict[str, int]
    seconds: float
    fixes: tuple[Fix, ...] = ()
