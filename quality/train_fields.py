"""Train the weights by which `sitegen import` chooses the fields of a page, and measure them on
folds of publishers that they were not trained with.

python quality/train_fields.py DIR... [--field title] [--write] [--cache FILE]

DIR holds `<id>/page.html.gz` and `<id>/expected.json` with known values and the publisher's
`group`. Publishers are divided into five folds by a hash of `group`. For each fold weights are
trained with the other four and measured on it; the mean is what publishers that nobody has looked
at would get. `--write` trains with all of them and writes `sitegen/importer/weights/`. Needs numpy,
which sitegen does not.
"""

from __future__ import annotations

import argparse
import copy
import gzip
import json
import pickle
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from folds import FOLDS, fold_of

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WEIGHTS = ROOT / "sitegen/importer/weights"
HEAD = "# Written by quality/train_fields.py: what each feature of a candidate counts."
SELDOM = 6  # pages that a feature must be on
# Of the pull of weights to zero, by field: more where known values are less sure.
STRENGTH = {"title": 2.0, "authors": 6.0, "date": 6.0, "section": 6.0, "coauthors": 2.0}


class Page(NamedTuple):
    """A page's known values and claims."""

    truth: dict[str, Any]
    claims: Any


class Group(NamedTuple):
    """The candidates of one page for a field: values, features, and which are right."""

    page: Page
    values: list[Any]
    features: list[Sequence[str]]
    right: list[bool]


# Pages -----------------------------------------------------------------------------------------


def read_page(folder: Path) -> Page | None:
    from sitegen.importer.html.read import claims_of

    truth = json.loads((folder / "expected.json").read_text("utf-8"))
    data = gzip.decompress((folder / "page.html.gz").read_bytes())
    claims = claims_of(data, truth["url"])
    kept = {k: v for k, v in truth.items() if not k.startswith("body")}
    return Page(kept, claims) if claims is not None else None


def read_pages(folders: Iterable[Path], jobs: int) -> list[Page]:
    """The pages of ``folders`` with all that they claim."""
    found = sorted(p.parent for folder in folders for p in folder.glob("*/expected.json"))
    with ProcessPoolExecutor(jobs) as pool:
        return [page for page in pool.map(read_page, found, chunksize=8) if page]


# Fields ----------------------------------------------------------------------------------------


def known(page: Page, field: str) -> Any:
    """The known value of a field, or None where there is none, or only another program's."""
    return None if field in page.truth.get("weak", []) else page.truth.get(field)


_FOLD = str.maketrans("‘’‚“”„«»–—‐‑", '\'\'\'"""""----', "\u00ad\u200b")


def folded(text: str) -> str:
    """A text without differences of case, quotation marks, dashes and blanks."""
    text = unicodedata.normalize("NFKC", str(text or "")).translate(_FOLD).casefold()
    return re.sub(r"\s+", " ", text).replace("...", "…").strip(" \"'")


def name_key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"^(by|von|par|por|di)\s+", "", folded(text))))


def title_group(page: Page) -> Group | None:
    from sitegen.importer.html.titles import title_candidates

    if not known(page, "title"):
        return None
    found = title_candidates(page.claims, page.truth["url"])
    wanted = folded(page.truth["title"])
    return _group(page, found, lambda value: folded(value) == wanted)


def author_group(page: Page) -> Group | None:
    from sitegen.importer.html.authors import author_candidates

    if known(page, "authors") is None:
        return None
    found = author_candidates(page.claims)
    wanted = {name_key(name) for name in page.truth["authors"]}
    group = _group(page, found, lambda value: name_key(value.name) in wanted)
    return group if any(group.right) else group._replace(right=[not v.name for v in group.values])


def without_authors(group: Group) -> Group:
    """The same page as if nothing named its authors: nobody is right then."""
    claims = copy.copy(group.page.claims)
    wanted = {name_key(name) for name in group.page.truth["authors"]}
    claims.authors = [
        claim
        for claim in claims.authors
        if not any(wanted & {name_key(person.name)} for person in claim.value)
    ]
    truth = {**group.page.truth, "authors": []}
    return author_group(Page(truth, claims)) or group


def date_group(page: Page) -> Group | None:
    from sitegen.importer.html.dates import date_candidates

    if not known(page, "date"):
        return None
    found = date_candidates(page.claims)
    wanted = set(page.truth.get("dates", [page.truth["date"]]))
    group = _group(page, found, lambda value: bool(days_of(value) & wanted))
    return group if any(group.right) else group._replace(right=[not v for v in group.values])


def days_of(value: str) -> set[str]:
    """The days that a value may mean: as written, and in UTC."""
    days = {value[:10]}
    if len(value) > 19:
        days.add(datetime.fromisoformat(value).astimezone(UTC).date().isoformat())
    return days


def section_group(page: Page) -> Group | None:
    """Sections have no known values: those that a page's data give are looked for in the rest."""
    from sitegen.importer.html.sections import given_section, section_candidates

    given = given_section(page.claims)
    if given is None:
        return None
    wanted = folded(given.value)
    group = _group(page, section_candidates(page.claims), lambda value: folded(value) == wanted)
    return group if any(group.right) else group._replace(right=[not v for v in group.values])


def _group(page: Page, found: list[Any], right: Callable[[Any], bool]) -> Group:
    values = [value for value, _ in found]
    return Group(page, values, [names for _, names in found], [right(v) for v in values])


FIELDS: dict[str, Callable[[Page], Group | None]] = {
    "title": title_group,
    "authors": author_group,
    "date": date_group,
    "section": section_group,
}


# Training --------------------------------------------------------------------------------------


def is_of_update(group: Group) -> bool:
    """Whether the known date is that of an update, and the page has another one of publication:
    not what is wanted."""
    names = {
        name
        for names, right in zip(group.features, group.right, strict=True)
        if right
        for name in names
    }
    return "changed by data, published on another day" in names


def fit(groups: list[Group], strength: float) -> dict[str, float]:
    """The weights that make right candidates likely, by a softmax over the candidates of each
    page."""
    groups = _trained_on(groups)
    index = _index({name for names in g.features for name in names} for g in groups)
    x = _matrix([names for g in groups for names in g.features], index)
    y = np.array([right / sum(g.right) for g in groups for right in g.right])
    sizes = [len(g.right) for g in groups]
    starts = np.cumsum([0, *sizes[:-1]])

    def slopes(w: Any) -> tuple[Any, Any]:
        p = _softmax(x @ w, starts, sizes)
        means = np.add.reduceat(x * p[:, None].astype(np.float32), starts, axis=0)
        return x.T @ (y - p), (x.T * p.astype(np.float32)) @ x - means.T @ means

    return _weights(index, _newton(slopes, len(index), strength, rounds=15))


def _trained_on(groups: list[Group]) -> list[Group]:
    """The pages with a right candidate; those of authors also as pages without authors."""
    groups = [g for g in groups if any(g.right) and not is_of_update(g)]
    if groups and "authors" in groups[0].page.truth and groups[0].features[0] == ("nobody",):
        groups += [without_authors(group) for group in groups]
    return groups


def fit_each(groups: list[Group], strength: float) -> dict[str, float]:
    """The weights of a logistic function of each candidate, of which any number is right."""
    pairs = [pair for g in groups for pair in zip(g.features, g.right, strict=True)]
    index = _index(set(names) for names, _ in pairs)
    x = _matrix([names for names, _ in pairs], index)
    y = np.array([float(right) for _, right in pairs])

    def slopes(w: Any) -> tuple[Any, Any]:
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        return x.T @ (y - p), (x.T * (p * (1 - p)).astype(np.float32)) @ x

    return _weights(index, _newton(slopes, len(index), strength, rounds=20))


def _index(features: Iterable[set[str]]) -> dict[str, int]:
    """A number for each feature that is not seldom."""
    counts = Counter(name for names in features for name in names)
    frequent = sorted(name for name, count in counts.items() if count >= SELDOM)
    return {name: number for number, name in enumerate(frequent)}


def _matrix(rows: Sequence[Iterable[str]], index: dict[str, int]) -> Any:
    """A row of 0 and 1 for the features of each candidate."""
    x = np.zeros((len(rows), len(index)), np.float32)
    for number, names in enumerate(rows):
        x[number, [index[name] for name in names if name in index]] = 1
    return x


def _newton(
    slopes: Callable[[Any], tuple[Any, Any]], count: int, strength: float, rounds: int
) -> Any:
    """The weights with the highest likelihood less ``strength`` times their squares, by Newton's
    method; ``slopes`` gives the gradient and the Hessian of the likelihood."""
    w = np.zeros(count)
    for _ in range(rounds):
        gradient, hessian = slopes(w)
        step = np.linalg.solve(hessian + strength * np.eye(count), gradient - strength * w)
        w += step * min(1.0, 3.0 / (np.abs(step).max() + 1e-9))
        if np.abs(step).max() < 1e-3:
            break
    return w


def _weights(index: dict[str, int], w: Any) -> dict[str, float]:
    """The weights that matter, by the names of their features."""
    return {name: round(float(w[n]), 2) for name, n in index.items() if abs(w[n]) >= 0.02}


def _softmax(z: Any, starts: Any, sizes: list[int]) -> Any:
    top = np.repeat(np.maximum.reduceat(z, starts), sizes)
    e = np.exp(z - top)
    return e / np.repeat(np.add.reduceat(e, starts), sizes)


# Measuring -------------------------------------------------------------------------------------


def score(field: str, group: Group, weights: dict[str, float]) -> dict[str, float]:
    """How right the choice for one page is."""
    from sitegen.importer.fields.linear import rate_one
    from sitegen.importer.html.authors import likeliest

    rated = rate_one(zip(range(len(group.values)), group.features, strict=True), weights)
    if field not in ("authors", "coauthors"):
        best = rated[0].value if rated else -1
        said = field == "section" or bool(rated and group.values[best])
        return {"exact": float(said and group.right[best])}
    people = [one._replace(value=group.values[one.value]) for one in rated]
    lead = likeliest(people)
    return names_score(group, [lead.value] if lead else [])


def names_score(group: Group, people: list[Any]) -> dict[str, float]:
    """How right a choice of people is."""
    chosen = {name_key(p.name) for p in people} - {""}
    wanted = {name_key(name) for name in group.page.truth["authors"]} - {""}
    both = len(chosen & wanted)
    f1 = 2 * both / (len(chosen) + len(wanted)) if chosen or wanted else 1.0
    return {"exact": float(chosen == wanted), "F1": f1}


def cross_validated(field: str, groups: list[Group]) -> list[tuple[Group, dict[str, float]]]:
    """Each page with how right the choice is by weights that were trained without its fold."""
    out = []
    for fold in range(FOLDS):
        known = [g for g in groups if fold_of(g.page.truth["group"]) != fold]
        mine = [g for g in groups if fold_of(g.page.truth["group"]) == fold]
        weights = fit(known, STRENGTH[field])
        if field == "authors":
            beside = [c for g in known if (c := others_of(g, weights))]
            others = fit_each(beside, STRENGTH["coauthors"])
            out += [(group, authors_score(group, weights, others)) for group in mine]
        else:
            out += [(group, score(field, group, weights)) for group in mine]
    return out


def others_of(group: Group, weights: dict[str, float]) -> Group | None:
    """Everybody whom a page names beside its likeliest author, where that one is right."""
    from sitegen.importer.fields.linear import rate_one
    from sitegen.importer.html.authors import coauthor_candidates, likeliest

    rated = rate_one(list(zip(group.values, group.features, strict=True)), weights)
    wanted = {name_key(name) for name in group.page.truth["authors"]}
    lead = likeliest(rated)
    if lead is None or name_key(lead.value.name) not in wanted:
        return None
    found = coauthor_candidates(rated, lead, group.page.claims)
    return _group(group.page, found, lambda value: name_key(value.name) in wanted)


def authors_score(
    group: Group, weights: dict[str, float], others: dict[str, float]
) -> dict[str, float]:
    from sitegen.importer.fields.linear import rate_each, rate_one
    from sitegen.importer.html.authors import coauthor_candidates, coauthors, likeliest

    rated = rate_one(list(zip(group.values, group.features, strict=True)), weights)
    lead = likeliest(rated)
    if lead is None:
        return names_score(group, [])
    found = rate_each(coauthor_candidates(rated, lead, group.page.claims), others)
    beside = coauthors(lead, found, group.page.claims)
    return names_score(group, [lead.value, *(one.value for one in beside)])


def report(field: str, scored: list[tuple[Group, dict[str, float]]]) -> None:
    parts: dict[str, list[tuple[Group, dict[str, float]]]] = {"all": scored}
    for group, result in scored:
        parts.setdefault(f"fold {fold_of(group.page.truth['group'])}", []).append((group, result))
        parts.setdefault(group.page.truth["source"], []).append((group, result))
    for part, rows in parts.items():
        ceiling = sum(any(g.right) for g, _ in rows) / len(rows)
        cells = []
        for name in rows[0][1]:
            values = [result[name] for _, result in rows]
            half = 1.96 * float(np.std(values)) / len(values) ** 0.5
            cells.append(f"{name} {np.mean(values):.3f}±{half:.3f}")
        print(f"{field:8} {part:18} {len(rows):5}  {'  '.join(cells)}  offered {ceiling:.3f}")


def write_weights(field: str, groups: list[Group], folder: Path) -> None:
    """Train with ``groups`` and write the weights of a field below ``folder``."""
    weights = fit(groups, STRENGTH[field])
    write(folder / f"{field}.toml", weights, HEAD)
    if field == "authors":
        beside = [c for g in groups if (c := others_of(g, weights))]
        write(folder / "coauthors.toml", fit_each(beside, STRENGTH["coauthors"]), HEAD)


def write(path: Path, weights: dict[str, float], head: str) -> None:
    """Write weights as a file of the package, below the line ``head``."""
    rows = [f"{json.dumps(n, ensure_ascii=False)} = {w}" for n, w in sorted(weights.items())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{head}\n[weights]\n" + "\n".join(rows) + "\n", "utf-8")


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("folders", nargs="*", type=Path)
    ap.add_argument("--field", choices=FIELDS, action="append")
    ap.add_argument("--cache", type=Path, help="keep the pages' claims in this file")
    ap.add_argument(
        "--folds", type=Path, help="write the weights without each fold below this folder"
    )
    ap.add_argument("--write", action="store_true", help="write the weights into the package")
    ap.add_argument("-j", "--jobs", type=int, default=2)
    args = ap.parse_args()
    if args.cache and args.cache.exists():
        pages = [Page(*kept) for kept in pickle.loads(args.cache.read_bytes())]  # noqa: S301
    else:
        pages = read_pages(args.folders, args.jobs)
        if args.cache:
            args.cache.write_bytes(pickle.dumps([tuple(page) for page in pages]))
    for name in args.field or FIELDS:
        groups = [g for page in pages if (g := FIELDS[name](page)) is not None]
        report(name, cross_validated(name, groups))
        if args.write:
            write_weights(name, groups, WEIGHTS)
        if args.folds:
            for fold in range(FOLDS):
                kept = [g for g in groups if fold_of(g.page.truth["group"]) != fold]
                write_weights(name, kept, args.folds / str(fold))


if __name__ == "__main__":
    main()
