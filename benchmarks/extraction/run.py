"""Measure the importer beside trafilatura and newspaper4k, in one run, with the data sets' own
scorers.

python benchmarks/extraction/run.py --html DIR... --score DIR/score.py [--folds DIR]
python benchmarks/extraction/run.py --text DIR --score-plain DIR/score_plain.py [--folds DIR]

A folder of pages holds `<id>/page.html.gz` with `expected.json`, one of texts `<id>.txt` with
`<id>.json`. The figures are defined by the scorers. Pages are reported all together, by collection,
by language and by fold of publishers, with 95 % intervals, then how many pages are won and lost
against the other programs, and the CPU time a page.

`--folds` holds the weights that `quality/train_fields.py --folds` (for texts
`quality/train_lines.py --folds`) has written without each fold of
publishers: each page is read with weights that were not trained with its publisher, which is what
publishers that nobody has looked at get. newspaper4k is no requirement of sitegen: `pip install
newspaper4k` first, or its row is left out.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "quality")]

from folds import fold_of  # noqa: E402

_CELL = re.compile(r"</t[dh]>")
_BLOCK = re.compile(r"</(?:p|h[1-6]|li|blockquote|tr|pre|table|ul|ol|div)>|<br ?/?>")
FIELDS = ("body F1", "title", "authors", "authors=", "date", "dek~", "leak", "credits")
COMPARED = ("body", "title", "authors=", "date")


class Job(NamedTuple):
    """A page to be read: its folder, by which program, where the output goes, which weights."""

    folder: Path
    system: str
    out: Path
    weights: Path | None


# Programs --------------------------------------------------------------------------------------


def shown(markdown: str) -> str:
    """The text that a reader of the built page sees: through sitegen's own Markdown engine."""
    from sitegen.config.schema import MarkdownConfig
    from sitegen.content.markdown import to_html

    html, *_ = to_html(markdown, MarkdownConfig())
    return unescape(re.sub(r"<[^>]*>", "", _BLOCK.sub("\n", _CELL.sub(" ", html))))


def fields(found: Any) -> dict[str, Any]:
    """An `Imported` as the keys that both scorers know."""
    named = [
        n for p in found.credits for n in (p.name, p.org, f"{p.name}/{p.org}" if p.org else "") if n
    ]
    pictures = [i.credit or i.creator for i in found.images if i.credit or i.creator]
    return {
        "title": found.title,
        "authors": [p.name for p in found.authors],
        "date": found.date or None,
        "dek": found.dek,
        "dateline": found.dateline,
        "body": found.body,
        "credits": [*pictures, *named],
        "spun": bool(found.spun),
        "confidence": found.confidence,
    }


def ours_html(data: bytes, url: str) -> dict[str, Any]:
    from sitegen.importer.charsets import repaired
    from sitegen.importer.detect import decode_html
    from sitegen.importer.html.read import read_html

    text, misread, _ = repaired(decode_html(data)[0])  # as `import` does before it reads a page
    return fields(read_html(text.encode("utf-8", "replace") if misread else data, url=url))


def trafilatura_html(data: bytes, url: str) -> dict[str, Any]:
    import trafilatura

    found = trafilatura.extract(
        data, url=url, output_format="json", with_metadata=True, include_comments=False
    )
    item = json.loads(found) if found else {}
    authors = [a for a in (item.get("author") or "").split("; ") if a]
    return {
        "title": item.get("title"),
        "authors": authors,
        "date": item.get("date"),
        "dek": item.get("excerpt"),
        "body": item.get("text") or "",
    }


def newspaper_html(data: bytes, url: str) -> dict[str, Any]:
    import newspaper

    found = newspaper.Article(url, fetch_images=False)
    found.download(input_html=data.decode("utf-8", "replace"))
    found.parse()
    return {
        "title": found.title,
        "authors": list(found.authors),
        "date": found.publish_date.isoformat() if found.publish_date else None,
        "dek": found.meta_description,
        "body": found.text,
    }


SYSTEMS: dict[str, Callable[[bytes, str], dict[str, Any]]] = {
    "sitegen": ours_html,
    "trafilatura": trafilatura_html,
}
if find_spec("newspaper"):
    SYSTEMS["newspaper4k"] = newspaper_html


# Reading ---------------------------------------------------------------------------------------


def one_page(job: Job) -> None:
    """Read one page and keep the output with the CPU time that it took."""
    truth = json.loads((job.folder / "expected.json").read_text("utf-8"))
    data = gzip.decompress((job.folder / "page.html.gz").read_bytes())
    if job.weights is not None:
        use_weights(job.weights / str(fold_of(truth["group"])))
    start = time.process_time()
    try:
        item = SYSTEMS[job.system](data, truth["url"])
    except Exception as error:  # noqa: BLE001
        item = {"failed": repr(error)[:200]}
    item["seconds"] = time.process_time() - start
    if job.system == "sitegen":
        item["body"] = shown(item.get("body", ""))
    job.out.mkdir(parents=True, exist_ok=True)
    (job.out / f"{truth['id']}.json").write_text(json.dumps(item, ensure_ascii=False), "utf-8")


def use_weights(folder: Path) -> None:
    """Take the weights of fields from ``folder``."""
    from sitegen.importer.fields import chain, linear

    if folder != linear.FOLDER:
        linear.FOLDER = folder
        linear.weights_of.cache_clear()
        chain.chain_of.cache_clear()


def read_pages(folders: Iterable[Path], systems: Iterable[str], out: Path, args: Any) -> None:
    """Read all pages with all programs."""
    pages = sorted(p.parent for folder in folders for p in folder.glob("*/expected.json"))
    for system in systems:
        weights = args.folds if system == "sitegen" else None
        jobs = [Job(page, system, out / page.parent.name / system, weights) for page in pages]
        with ProcessPoolExecutor(args.jobs) as pool:
            list(pool.map(one_page, jobs, chunksize=8))


# Reporting -------------------------------------------------------------------------------------


class Row(NamedTuple):
    """A page with its known values, and the score of each program."""

    truth: dict[str, Any]
    scores: dict[str, dict[str, Any]]


def load_scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("scorer", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows_of(folders: Iterable[Path], systems: Iterable[str], out: Path, scorer: Any) -> list[Row]:
    rows = []
    for file in sorted(p for folder in folders for p in folder.glob("*/expected.json")):
        truth = json.loads(file.read_text("utf-8"))
        scores = {}
        for system in systems:
            item = out / file.parent.parent.name / system / f"{truth['id']}.json"
            scores[system] = scorer.score_page(truth, json.loads(item.read_text("utf-8")), False)
        rows.append(Row(truth, scores))
    return rows


def parts_of(rows: list[Row]) -> dict[str, list[Row]]:
    """The pages all together, by folder of the data, collection, language and fold."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        parts["all"].append(row)
        parts[f"collection {row.truth['source']}"].append(row)
        parts[f"language {row.truth.get('language') or '?'}"].append(row)
        parts[f"fold {fold_of(row.truth['group'])}"].append(row)
    return {"all": parts.pop("all"), **dict(sorted(parts.items()))}


def cell(summary: dict[str, Any], field: str) -> str:
    if field not in summary:
        return ""
    value, half, count = summary[field]
    return f"{value:.3f}±{half or 0:.3f} ({count})"


def report(rows: list[Row], systems: list[str], scorer: Any) -> None:
    print(f"{'':34}" + "".join(f"{name:>20}" for name in FIELDS))
    for part, some in parts_of(rows).items():
        for system in systems:
            summary = scorer.summary([row.scores[system] for row in some])
            if any(field in summary for field in FIELDS) and len(some) >= 10:
                cells = "".join(f"{cell(summary, name):>20}" for name in FIELDS)
                print(f"{part:22}{system:12}{cells}")
    for other in systems[1:]:
        print(f"\nwon and lost against {other}")
        for field in COMPARED:
            won, lost = won_and_lost(rows, systems[0], other, field)
            print(f"  {field:10} {won:5} won {lost:5} lost")


def won_and_lost(rows: list[Row], mine: str, other: str, field: str) -> tuple[int, int]:
    """The pages on which a field is clearly better, and clearly worse."""
    pairs = [
        (number(row.scores[mine][field]), number(row.scores[other][field]))
        for row in rows
        if field in row.scores[mine] and field in row.scores[other]
    ]
    return sum(a > b + 0.02 for a, b in pairs), sum(a < b - 0.02 for a, b in pairs)


def number(score: Any) -> float:
    return float(score[0] if isinstance(score, tuple) else score)


def report_time(rows: list[Row], systems: list[str]) -> None:
    print()
    times = {s: [row.scores[s]["seconds"] for row in rows] for s in systems}
    for system in systems:
        ratio = sum(times[system]) / max(1e-9, sum(times.get("trafilatura", [0])))
        median = statistics.median(times[system]) * 1000
        mean = statistics.mean(times[system]) * 1000
        print(
            f"{system}: {median:.0f} ms of CPU a page on the median, {mean:.0f} on the mean,"
            f" {max(times[system]):.1f} s at most, {ratio:.2f} times trafilatura's"
        )


def report_failures(folders: Iterable[Path], systems: Iterable[str], out: Path) -> None:
    """Say how many pages a program could not read at all, and why the first of them."""
    for system in systems:
        files = [f for folder in folders for f in (out / folder.name / system).glob("*.json")]
        reasons = [r for f in files if (r := json.loads(f.read_text("utf-8")).get("failed"))]
        if reasons:
            print(f"{system} failed on {len(reasons)} of {len(files)} pages: {reasons[0]}")


def measure_texts(args: Any, out: Path) -> None:
    from sitegen.importer.text.read import read_text

    folder = out / "sitegen-text"
    folder.mkdir(parents=True, exist_ok=True)
    for file in sorted(args.text.glob("*.txt")):
        if args.folds:
            truth = json.loads(file.with_suffix(".json").read_text("utf-8"))
            use_weights(args.folds / str(fold_of(truth["group"])))
        item = fields(read_text(file.read_text("utf-8")))
        item["body"] = shown(item["body"])
        (folder / f"{file.stem}.json").write_text(json.dumps(item, ensure_ascii=False), "utf-8")
    each = ["--each"] if args.each else []
    subprocess.run(
        [sys.executable, str(args.score_plain), str(args.text), str(folder), "--baselines", *each],
        check=True,
    )


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--html", type=Path, nargs="*", default=[], help="folders of pages")
    ap.add_argument("--score", type=Path, help="scorer of pages")
    ap.add_argument("--folds", type=Path, help="weights without each fold of publishers")
    ap.add_argument("--text", type=Path, help="folder of scraped texts")
    ap.add_argument("--score-plain", type=Path, help="scorer of texts")
    ap.add_argument("--out", type=Path, help="where the outputs go")
    ap.add_argument("--scored", action="store_true", help="only report what is in --out")
    ap.add_argument("--each", action="store_true", help="one line a text")
    ap.add_argument("--only", default="", help="only this program, such as sitegen")
    ap.add_argument("-j", "--jobs", type=int, default=2)
    args = ap.parse_args()
    out = args.out or Path(tempfile.mkdtemp(prefix="extraction-"))
    if args.text and args.score_plain:
        measure_texts(args, out)
    if args.html and args.score:
        systems = [args.only] if args.only else [*SYSTEMS]
        if not args.scored:
            read_pages(args.html, systems, out, args)
        scorer = load_scorer(args.score)
        rows = rows_of(args.html, systems, out, scorer)
        report(rows, systems, scorer)
        report_time(rows, systems)
        report_failures(args.html, systems, out)
    print(f"\noutputs: {out}")


if __name__ == "__main__":
    main()
