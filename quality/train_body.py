"""Train the weights by which `sitegen import` judges which texts of a page are its article.

python quality/train_body.py DIR... [--cache FILE] [--folds DIR] [--write]

DIR holds `<id>/page.html.gz` and `<id>/expected.json` with the known `body` and the publisher's
`group`. A text of the page is right if most of its runs of four words are in the known body. Each
counts by its share of the page's words, because that is what it costs. For each of five folds of
publishers weights are trained with the other four and measured on it. `--folds` writes them, so
that `benchmarks/extraction/run.py` can measure whole pages; `--write` trains with all pages and
writes `sitegen/importer/weights/body.toml`. Needs numpy and scikit-learn, which sitegen does not.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
from folds import FOLDS, fold_of
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from train_fields import write

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WEIGHTS = ROOT / "sitegen/importer/weights"
HEAD = "# Written by quality/train_body.py: what each sign of a text counts."
RUN = 4  # words that follow each other
SELDOM = 100  # texts that a sign must be of
LEAST = 0.02  # of a weight that is written
LARGEST = 0.2  # share of a page that one text counts
_WORD = re.compile(r"\w+")


class Text(NamedTuple):
    """A text of a page: its signs, whether it is of the article, and its share of the page."""

    signs: tuple[str, ...]
    right: bool
    share: float


class Page(NamedTuple):
    fold: int
    texts: list[Text]


# Pages -----------------------------------------------------------------------------------------


def read_page(folder: Path) -> Page | None:
    """The texts of a page with a known body, as the importer has them when it judges them."""
    from sitegen.importer.html import read
    from sitegen.importer.html.judged import keys_of, places_of
    from sitegen.importer.html.text_signs import signs_of

    truth = json.loads((folder / "expected.json").read_text("utf-8"))
    if "body" in truth.get("weak", []) or not truth.get("body", "").strip():
        return None
    texts: list[Text] = []

    def record(parts: Any, body: Any, heading: Any, base: str) -> Any:
        placed = places_of(parts, keys_of(parts), body.leaves)
        kept = frozenset(chain.from_iterable(placed))
        known = [truth["body"], *truth.get("body_alt", [])]
        texts.extend(labelled(body.leaves, kept, signs_of(body.leaves, kept, heading), known))
        return parts

    with mock.patch.object(read, "judged", record):
        read.read_html(gzip.decompress((folder / "page.html.gz").read_bytes()), url=truth["url"])
    return Page(fold_of(truth["group"]), texts) if texts else None


def labelled(
    leaves: Sequence[Any],
    kept: frozenset[int],
    signs: Iterable[tuple[int, tuple[str, ...]]],
    known: list[str],
) -> Iterator[Text]:
    """The ``leaves`` of a page that have ``signs``; ``kept`` are the places of those that are the
    article so far, ``known`` the texts of which each may be what it is."""
    body = nearest(known, {leaves[at].text for at in kept})
    rows = [(at, names, is_in(leaves[at].text, body)) for at, names in signs]
    whole = sum(leaves[at].words for at, _, is_right in rows if is_right or at in kept)
    for at, names, is_right in rows:
        share = (leaves[at].words + 1) / max(50, whole)
        yield Text(names, is_right, min(LARGEST, share))


def nearest(known: list[str], given: Iterable[str]) -> str:
    """The one of several ``known`` texts that shares most with what the page ``given`` is."""
    mine = {run for text in given for run in runs(text)}
    return max(known, key=lambda text: len(mine & set(runs(text))) / (1 + len(set(runs(text)))))


def runs(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text)
    return [tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1))]


def is_in(text: str, known: str) -> bool:
    """Whether a text is in the known one: most of its runs of words are, or all of its few."""
    words = _WORD.findall(text)
    if len(words) < RUN:
        return f" {' '.join(words)} " in f" {' '.join(_WORD.findall(known))} "
    mine, theirs = runs(text), set(runs(known))
    return sum(run in theirs for run in mine) * 2 > len(mine)


def read_pages(folders: Iterable[Path], jobs: int) -> list[Page]:
    found = sorted(p.parent for folder in folders for p in folder.glob("*/expected.json"))
    with ProcessPoolExecutor(jobs) as pool:
        return [page for page in pool.map(read_page, found, chunksize=8) if page]


def kept_pages(cache: Path | None) -> list[Page]:
    if not cache or not cache.exists():
        return []
    kept = pickle.loads(cache.read_bytes())  # noqa: S301
    return [Page(fold, [Text(*text) for text in texts]) for fold, texts in kept]


def keep(pages: list[Page], cache: Path) -> None:
    plain = [(page.fold, [tuple(text) for text in page.texts]) for page in pages]
    cache.write_bytes(pickle.dumps(plain))


# Training --------------------------------------------------------------------------------------


def fit(pages: list[Page], strength: float) -> dict[str, float]:
    """The weights of a logistic function of the signs of a text."""
    texts = [text for page in pages for text in page.texts]
    counter = CountVectorizer(analyzer=lambda text: text.signs, min_df=SELDOM, binary=True)
    x = counter.fit_transform(texts)
    model = LogisticRegression(C=1 / strength, solver="liblinear", fit_intercept=False)
    model.fit(x, [text.right for text in texts], [text.share for text in texts])
    names = counter.get_feature_names_out()
    pairs = zip(names, model.coef_[0], strict=True)
    return {name: round(float(w), 2) for name, w in pairs if abs(w) >= LEAST}


def report(pages: list[Page], weights: dict[str, float], name: str) -> None:
    """Print how much of the words of pages is judged right, and was before."""
    now, before = [], []
    for page in pages:
        now.append(share_right(page, lambda text: score(text, weights) > 0))
        before.append(share_right(page, lambda text: "kept" in text.signs))
    print(f"{name:8} {len(pages):5} pages  {np.mean(before):.4f} before  {np.mean(now):.4f} judged")


def share_right(page: Page, is_article: Callable[[Text], bool]) -> float:
    """How much of the words of a page ``is_article`` judges right."""
    right = sum(text.share for text in page.texts if is_article(text) is text.right)
    return right / sum(text.share for text in page.texts)


def score(text: Text, weights: dict[str, float]) -> float:
    return sum(weights.get(sign, 0.0) for sign in text.signs)


def arguments() -> argparse.Namespace:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("folders", nargs="*", type=Path)
    ap.add_argument("--cache", type=Path, help="keep the texts of the pages in this file")
    ap.add_argument("--strength", type=float, default=1.0, help="of the pull of weights to zero")
    ap.add_argument("--folds", type=Path, help="write the weights without each fold below this")
    ap.add_argument("--write", action="store_true", help="write the weights into the package")
    ap.add_argument("-j", "--jobs", type=int, default=2)
    return ap.parse_args()


def main() -> None:
    """Train and measure fold by fold, and write what is asked for."""
    args = arguments()
    pages = kept_pages(args.cache) or read_pages(args.folders, args.jobs)
    if args.cache:
        keep(pages, args.cache)
    for fold in range(FOLDS):
        weights = fit([page for page in pages if page.fold != fold], args.strength)
        report([page for page in pages if page.fold == fold], weights, f"fold {fold}")
        if args.folds:
            write(args.folds / str(fold) / "body.toml", weights, HEAD)
    if args.write:
        write(WEIGHTS / "body.toml", fit(pages, args.strength), HEAD)


if __name__ == "__main__":
    main()
