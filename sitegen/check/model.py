"""What the rules are given, and what they give back."""

from __future__ import annotations

from typing import Literal

from sitegen.base.diagnostics import Diagnostic
from sitegen.config.schema import Config
from sitegen.model.article import Document
from sitegen.model.base import Struct
from sitegen.model.output import Plan
from sitegen.model.views import ArticleView, SiteContext


class ArticleText(Struct, frozen=True):
    """What an article's HTML holds: addresses of links, ids, pictures as (address, alternative
    text), words of links without address."""

    links: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    pictures: tuple[tuple[str, str], ...] = ()
    dead: tuple[str, ...] = ()


class Fix(Struct, frozen=True):
    """A change with one safe answer: in the file ``path``, the author or link ``old`` becomes
    ``new``."""

    kind: Literal["author", "link"]
    path: str
    old: str
    new: str


class Finding(Struct, frozen=True):
    """What a rule has found in the file ``path``: at the front matter's ``key``, or where the text
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

    ``views`` are the articles' pages by the path of their article.
    """

    config: Config
    now: float
    days: int
    documents: tuple[Document, ...]  # all that can be read, whatever their status
    shown: tuple[Document, ...]  # those that have a page now or later, and are not withdrawn
    views: dict[str, ArticleView]
    plan: Plan
    frame: SiteContext
    texts: dict[str, ArticleText]  # of the articles with a page that shows their text
    theme_ids: frozenset[str]
    media: tuple[str, ...]  # every picture below the content folder
    credits: dict[
        str, str
    ]  # address of a picture of this site that is shown -> who made it, by the file itself
    feeds: dict[str, tuple[str, ...]]  # output -> what is wrong with it
    letters: dict[
        str, tuple[int, int]
    ]  # output of a newest edition's e-mail -> its bytes, and the articles it has no room for
    samples: tuple[Sample, ...]  # one article's page of each template


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
