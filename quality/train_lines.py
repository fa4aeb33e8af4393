"""Train the weights by which `sitegen import` knows the lines of a copied page, and measure them on
folds of publishers that they were not trained with.

python quality/train_lines.py DIR... [--text DIR...] [--write] [--folds DIR] [--cache FILE]

DIR holds `<id>/page.html.gz` and `<id>/expected.json`: each page is made a text as its reader would
copy it, and the labels of its lines are found by comparing them with what is known of the article.
`--text` names folders of copied texts, `<id>.txt` with `<id>.json`. Publishers are divided into
five folds by a hash of `group`; for each fold weights are trained with the other four and measured
on its copied texts. `--write` trains with all of them and writes `sitegen/importer/weights/
lines.toml`. Needs numpy and scipy, which sitegen does not.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from copied import Copied, body_test, copied_page
from folds import FOLDS, fold_of
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from train_fields import WEIGHTS, folded, name_key

LABELS = ("head", "title", "dek", "byline", "date", "body", "heading", "aside")
FRAME = {"head", "aside"}
SELDOM = 25  # texts that a feature must be in
STRENGTH = 2.0  # of the pull of weights to zero
SMALL = 0.15  # weights below this are not kept
ROUNDS = 45
BATCH = 150
MAX_LINES = 250
_IMPOSSIBLE = -1e4


class Sample(NamedTuple):
    """A text: the features of its lines, and the labels that each may have."""

    group: str
    is_text: bool
    signs: list[tuple[str, ...]]
    allowed: list[frozenset[str]]


# Labels ----------------------------------------------------------------------------------------


def sample(copied: Copied, is_text: bool) -> Sample | None:
    """The features and labels of the lines of a text; None where it is not like an article."""
    from sitegen.importer.text.read import lines_of_text, page_of

    lines, lang = lines_of_text(copied.text, copied.truth.get("url", ""))
    if not 6 <= len(lines) <= (MAX_LINES if not is_text else 10_000):
        return None
    allowed = labels_of(lines, copied.truth)
    counts = Counter(label for some in allowed for label in some if len(some) == 1)
    if not is_text and (counts["body"] < 5 or counts["heading"] > 0.6 * counts["body"]):
        return None
    from sitegen.importer.text.signs import signs_of

    return Sample(copied.truth["group"], is_text, signs_of(page_of(lines, lang)), allowed)


class Known(NamedTuple):
    """Where in a text the parts of an article are."""

    title: int
    deks: set[int]
    of_body: list[bool]
    first: int  # the line that the body begins with


def labels_of(lines: Sequence[Any], truth: dict[str, Any]) -> list[frozenset[str]]:
    """The labels that each line may have by what is known of the article."""
    known = parts_of(lines, truth)
    unclear = {folded(line) for line in truth.get("noise_maybe", [])}
    out = []
    for at, line in enumerate(lines):
        labels = labels_at(at, line, known, truth)
        if labels <= FRAME and folded(line.text) in unclear:
            labels = FRAME | {"body", "heading"}
        out.append(frozenset(labels))
    return out


def parts_of(lines: Sequence[Any], truth: dict[str, Any]) -> Known:
    is_of_body = body_test(truth["body"])
    of_body = [is_of_body(line.text) for line in lines]
    title, deks = title_line(lines, truth["title"]), dek_lines(lines, truth)
    first = first_paragraph(lines, of_body, truth, {title, *deks})
    return Known(title, deks, of_body, first)


def labels_at(at: int, line: Any, known: Known, truth: dict[str, Any]) -> set[str]:
    """The labels that one line may have, as far as its place says."""
    is_of_body, is_above = known.of_body[at], at < known.first
    if at == known.title:
        return {"title"}
    if at in known.deks and at < known.first + 3:
        return {"dek", "body"} if is_of_body else {"dek"}
    if is_of_body and not is_above:
        return {"heading" if is_heading(line) else "body"}
    frame = "head" if is_above else "aside"
    return {signature(line, truth) or frame, *unknown(line, truth, is_above)}


def title_line(lines: Sequence[Any], title: str) -> int:
    """The line that is the headline, or -1; one behind its kicker, too."""
    same = [i for i, line in enumerate(lines) if folded(line.text) == folded(title)]
    if same:
        return same[0]
    likest = max(range(len(lines)), key=lambda i: likeness(lines[i].text, title))
    return likest if likeness(lines[likest].text, title) >= 0.75 else -1


def dek_lines(lines: Sequence[Any], truth: dict[str, Any]) -> set[int]:
    """The lines that are the dek, or a paragraph of it."""
    deks = [truth["dek"]] if truth.get("dek") else truth.get("deks", [])
    long = [(at, line.text) for at, line in enumerate(lines) if len(line.text) > 30]
    return {at for at, text in long if any(is_of_dek(text, dek) for dek in deks)}


def is_of_dek(text: str, dek: str) -> bool:
    return likeness(text, dek) >= 0.85 or folded(text) in folded(dek)


def first_paragraph(
    lines: Sequence[Any], of_body: Sequence[bool], truth: dict[str, Any], out: set[int]
) -> int:
    """The line that the body begins with."""
    names = [name_key(name) for name in truth.get("authors") or []]
    known = (i for i, line in enumerate(lines) if of_body[i] and len(line.text) > 60)
    first = next((i for i in known if i not in out), len(lines))
    while first > 0 and of_body[first - 1] and first - 1 not in out:
        above = lines[first - 1]
        if above.stamps or any(name in name_key(above.text) for name in names):
            break
        first -= 1
    return first


def signature(line: Any, truth: dict[str, Any]) -> str:
    """Whether a line of the frame is the byline or the date of the article."""
    names = [name_key(name) for name in truth.get("authors") or []]
    said = name_key(line.text)
    if line.words <= 8 + 5 * len(names) and any(name and name in said for name in names):
        return "byline"
    days = truth.get("dates") or [truth.get("date")]
    return "date" if any(stamp.value[:10] in days for stamp in line.stamps) else ""


def unknown(line: Any, truth: dict[str, Any], is_head: bool) -> set[str]:
    """What a line of the frame may be, too, as far as nothing is known of the article."""
    out = set()
    if not truth.get("authors") and line.label in ("byline", "names"):
        out.add("byline")
    if not truth.get("date") and line.stamps:
        out.add("date")
    if "dek" not in truth and is_head and line.words >= 6:
        out.add("dek")
    return out


def is_heading(line: Any) -> bool:
    from sitegen.importer.text.labels import END

    return line.words <= 16 and not END.search(line.text)


def likeness(one: str, other: str) -> float:
    """The F1 of the words of two texts."""
    a, b = Counter(folded(one).split()), Counter(folded(other).split())
    return 2 * (a & b).total() / max(1, a.total() + b.total())


# Texts -----------------------------------------------------------------------------------------


def read_texts(folders: Iterable[Path]) -> list[Copied]:
    files = sorted(file for folder in folders for file in folder.glob("*.json"))
    truths = [(file, json.loads(file.read_text("utf-8"))) for file in files]
    out = []
    for file, truth in truths:
        if not truth.get("synthetic"):
            body = "\n".join(truth["body"])
            text = file.with_suffix(".txt").read_text("utf-8")
            out.append(Copied({**truth, "body": body}, text))
    return out


def read_samples(args: argparse.Namespace) -> list[Sample]:
    """All texts; a page that is among the copied texts is not read once more."""
    texts = read_texts(args.text)
    given = {copied.truth.get("page") for copied in texts}
    pages = [page for page in read_pages(args) if page.truth["id"] not in given]
    found = [sample(page, False) for page in pages] + [sample(text, True) for text in texts]
    return [one for one in found if one is not None]


def read_pages(args: argparse.Namespace) -> list[Copied]:
    """The texts of all pages, from the file that keeps them if there is one."""
    if args.cache and args.cache.exists():
        return [Copied(*kept) for kept in pickle.loads(args.cache.read_bytes())]  # noqa: S301
    folders = sorted(p.parent for folder in args.folders for p in folder.glob("*/expected.json"))
    with ProcessPoolExecutor(args.jobs) as pool:
        pages = [page for page in pool.map(copied_page, folders, chunksize=8) if page]
    if args.cache:
        args.cache.write_bytes(pickle.dumps([tuple(page) for page in pages]))
    return pages


# Training --------------------------------------------------------------------------------------


class Weights(NamedTuple):
    """The numbers of a chain: of features, of moves, of a first line."""

    index: dict[str, int]
    signs: Any
    moves: Any
    first: Any


class Batch(NamedTuple):
    """Some texts of about one length: the features of all lines, which text and line each row is,
    the labels that are not allowed, and how long each text is."""

    x: Any
    text: Any
    line: Any
    barred: Any
    lengths: Any


def batches(samples: list[Sample], index: dict[str, int]) -> list[Batch]:
    ordered = sorted(samples, key=lambda one: len(one.signs))
    return [batch(ordered[i : i + BATCH], index) for i in range(0, len(ordered), BATCH)]


def batch(samples: list[Sample], index: dict[str, int]) -> Batch:
    allowed = [some for one in samples for some in one.allowed]
    barred = [[0.0 if label in some else _IMPOSSIBLE for label in LABELS] for some in allowed]
    lengths = np.array([len(one.signs) for one in samples])
    return Batch(
        features([signs for one in samples for signs in one.signs], index),
        np.repeat(np.arange(len(samples)), lengths),
        np.concatenate([np.arange(n) for n in lengths]),
        np.array(barred),
        lengths,
    )


def features(rows: list[tuple[str, ...]], index: dict[str, int]) -> Any:
    """A row a line, a column a feature: 1 where the line has it."""
    places = [(at, index[name]) for at, names in enumerate(rows) for name in names if name in index]
    at, column = zip(*places, strict=True)
    return csr_matrix((np.ones(len(places)), (at, column)), shape=(len(rows), len(index)))


class Sums(NamedTuple):
    """Of a batch: the logarithm of the weight of all ways, and how often each label of each line,
    each move and each first label is expected."""

    total: float
    lines: Any
    moves: Any
    first: Any


def expected(some: Batch, scores: Any, weights: Weights) -> Sums:
    """Forward and backward through all texts of a batch at once."""
    texts, longest, count = len(some.lengths), int(some.lengths.max()), len(LABELS)
    padded = np.zeros((texts, longest, count))
    padded[some.text, some.line] = scores
    top = padded.max(axis=2)
    fits = np.exp(padded - top[:, :, None])
    moves = np.exp(weights.moves)
    inside = np.arange(longest)[None] < some.lengths[:, None]
    above, scale = np.zeros_like(fits), np.ones((texts, longest))
    row = fits[:, 0] * np.exp(weights.first)
    for n in range(longest):
        row = row if n == 0 else (row @ moves) * fits[:, n]
        scale[:, n] = np.maximum(row.sum(axis=1), 1e-300)
        row = row / scale[:, n, None]
        above[:, n] = row
    below, pairs = np.ones_like(fits), np.zeros((count, count))
    for n in range(longest - 2, -1, -1):
        after = fits[:, n + 1] * below[:, n + 1] / scale[:, n + 1, None]
        valid = inside[:, n + 1, None]
        pairs += ((above[:, n] * valid).T @ (after * valid)) * moves
        below[:, n] = np.where(valid, after @ moves.T, 1.0)
    shares = above * below
    total = float(((np.log(scale) + top) * inside).sum())
    return Sums(total, shares[some.text, some.line], pairs, shares[:, 0].sum(axis=0))


def fit(samples: list[Sample]) -> Weights:
    """The weights that make the allowed labels likely."""
    counts = Counter(name for one in samples for name in {n for names in one.signs for n in names})
    frequent = sorted(name for name, count in counts.items() if count >= SELDOM)
    index = {name: number for number, name in enumerate(frequent)}
    parts, k = batches(samples, index), len(LABELS)

    def unpacked(values: Any) -> Weights:
        end = len(index) * k
        signs, moves, first = np.split(values, [end, end + k * k])
        return Weights(index, signs.reshape(-1, k), moves.reshape(k, k), first)

    def loss(values: Any) -> tuple[float, Any]:
        weights = unpacked(values)
        total, slopes = 0.0, np.zeros_like(values)
        for part in parts:
            scores = part.x @ weights.signs
            free = expected(part, scores, weights)
            bound = expected(part, np.maximum(scores + part.barred, _IMPOSSIBLE), weights)
            total += bound.total - free.total
            slopes += np.concatenate(
                [
                    (part.x.T @ (bound.lines - free.lines)).ravel(),
                    (bound.moves - free.moves).ravel(),
                    bound.first - free.first,
                ]
            )
        return STRENGTH / 2 * (values**2).sum() - total, STRENGTH * values - slopes

    start = np.zeros(len(index) * k + k * k + k)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return unpacked(found.x)


def written(weights: Weights) -> str:
    """The weights as the file that `fields.chain` reads."""

    def row(values: Iterable[float]) -> str:
        return "[" + ", ".join(f"{round(float(v), 2) + 0.0:g}" for v in values) + "]"

    kept = [(n, weights.signs[i]) for n, i in weights.index.items()]
    kept = [(name, values) for name, values in kept if np.abs(values).max() >= SMALL]
    out = [
        "# Written by quality/train_lines.py: what each feature of a line counts for each label."
    ]
    out += [f"labels = {json.dumps(LABELS)}", f"first = {row(weights.first)}", "", "[moves]"]
    out += [f"{label} = {row(weights.moves[i])}" for i, label in enumerate(LABELS)]
    out += ["", "[weights]"]
    out += [f"{json.dumps(n, ensure_ascii=False)} = {row(v)}" for n, v in sorted(kept)]
    return "\n".join(out) + "\n"


# Measuring -------------------------------------------------------------------------------------


def report(samples: list[Sample], models: dict[int, Path]) -> None:
    """How many lines of copied texts get each label, by weights without their publisher."""
    pairs: Counter[tuple[str, str]] = Counter()
    for fold, folder in models.items():
        mine = [one for one in samples if one.is_text and fold_of(one.group) == fold]
        pairs.update(judged(mine, folder))
    print(f"{'is':8}" + "".join(f"{label:>9}" for label in LABELS) + "  precision  recall")
    for label in LABELS:
        right = pairs[label, label]
        found = sum(pairs[other, label] for other in LABELS)
        known = sum(pairs[label, other] for other in LABELS)
        cells = "".join(f"{pairs[label, other]:9}" for other in LABELS)
        print(f"{label:8}{cells}  {right / max(1, found):9.3f} {right / max(1, known):7.3f}")


def judged(samples: list[Sample], folder: Path) -> Iterator[tuple[str, str]]:
    """Of each line that can only be one thing, by the weights in ``folder``: what it is, and what
    it is taken for."""
    from sitegen.importer.fields.chain import chain_of, chances_of, linear

    linear.FOLDER = folder
    chain_of.cache_clear()
    for one in samples:
        read = chances_of(chain_of("lines"), one.signs)
        for chances, some in zip(read, one.allowed, strict=True):
            if len(some) == 1:
                yield next(iter(some)), max(chances, key=lambda label: chances[label])


def train_folds(samples: list[Sample], folder: Path, jobs: int) -> dict[int, Path]:
    """The folders with the weights that were trained without each fold."""
    parts = [[one for one in samples if fold_of(one.group) != fold] for fold in range(FOLDS)]
    models = {fold: folder / str(fold) for fold in range(FOLDS)}
    with ProcessPoolExecutor(jobs) as pool:
        for model, weights in zip(models.values(), pool.map(fit, parts), strict=True):
            model.mkdir(parents=True, exist_ok=True)
            (model / "lines.toml").write_text(written(weights), "utf-8")
    return models


def arguments() -> argparse.Namespace:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("folders", nargs="*", type=Path, help="folders of pages")
    ap.add_argument("--text", nargs="*", type=Path, default=[], help="folders of copied texts")
    ap.add_argument("--cache", type=Path, help="keep the texts of the pages in this file")
    ap.add_argument("--folds", type=Path, help="write the weights without each fold below this")
    ap.add_argument("--write", action="store_true", help="write the weights into the package")
    ap.add_argument("-j", "--jobs", type=int, default=2)
    return ap.parse_args()


def main() -> None:
    """Train, measure, and write what is asked for."""
    args = arguments()
    samples = read_samples(args)
    print(f"{len(samples)} texts, {sum(len(one.signs) for one in samples)} lines", file=sys.stderr)
    if args.folds:
        report(samples, train_folds(samples, args.folds, args.jobs))
    if args.write:
        (WEIGHTS / "lines.toml").write_text(written(fit(samples)), "utf-8")


if __name__ == "__main__":
    main()
