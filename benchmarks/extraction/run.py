"""Measure the importer beside trafilatura and newspaper4k, in one run, with the data sets' own
scorers.

python benchmarks/extraction/run.py --html DIR/dev --score DIR/score.py python
benchmarks/extraction/run.py --text DIR/dev --score-plain DIR/score_plain.py

DIR/dev holds `<id>/page.html.gz` with `expected.json` (pages) or `<id>.txt` with `<id>.json`
(texts). The outputs go to `--out` (default: a temporary folder), one JSON file an item; the tables
are printed by the scorers themselves, so that the definitions of the figures are theirs; the median
time a page is below them. `--each` and `--worst` are passed on. sitegen does not need newspaper4k:
`pip install newspaper4k` first, or its row is left out.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from html import unescape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

_CELL = re.compile(r"</t[dh]>")
_BLOCK = re.compile(r"</(?:p|h[1-6]|li|blockquote|tr|pre|table|ul|ol|div)>|<br ?/?>")


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
        "body": shown(found.body),
        "credits": [*pictures, *named],
        "spun": bool(found.spun),
    }


def ours_html(data: bytes, url: str) -> dict[str, Any]:
    from sitegen.importer.html.read import read_html

    return fields(read_html(data, url=url))


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


def one_page(job: tuple[str, str, str]) -> None:
    folder, system, out = job
    truth = json.loads((Path(folder) / "expected.json").read_text("utf-8"))
    data = gzip.decompress((Path(folder) / "page.html.gz").read_bytes())
    start = time.perf_counter()
    try:
        item = SYSTEMS[system](data, truth["url"])
    except Exception as error:  # noqa: BLE001
        item = {"failed": repr(error)[:200]}
    item["seconds"] = time.perf_counter() - start
    (Path(out) / f"{truth['id']}.json").write_text(json.dumps(item, ensure_ascii=False), "utf-8")


def main() -> None:
    ap = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ap.add_argument("--html", type=Path, help="folder of pages")
    ap.add_argument("--score", type=Path, help="scorer of pages")
    ap.add_argument("--text", type=Path, help="folder of scraped texts")
    ap.add_argument("--score-plain", type=Path, help="scorer of texts")
    ap.add_argument("--out", type=Path, help="where the outputs go")
    ap.add_argument("--each", action="store_true", help="one line a text")
    ap.add_argument("--by-source", action="store_true", help="a table for each data source")
    ap.add_argument("--worst", metavar="FIELD", default="", help="list the worst pages of a field")
    ap.add_argument("--only", default="", help="only this system, such as sitegen")
    ap.add_argument("-j", "--jobs", type=int, default=2)
    args = ap.parse_args()
    out = args.out or Path(tempfile.mkdtemp(prefix="extraction-"))
    if args.text and args.score_plain:
        from sitegen.importer.text.read import read_text

        folder = out / "sitegen-text"
        folder.mkdir(parents=True, exist_ok=True)
        for file in sorted(args.text.glob("*.txt")):
            item = fields(read_text(file.read_text("utf-8")))
            (folder / f"{file.stem}.json").write_text(json.dumps(item, ensure_ascii=False), "utf-8")
        subprocess.run(
            [
                sys.executable,
                str(args.score_plain),
                str(args.text),
                str(folder),
                "--baselines",
                *(["--each"] if args.each else []),
            ],
            check=True,
        )
    if args.html and args.score:
        pages = sorted(str(p.parent) for p in args.html.glob("*/expected.json"))
        folders = []
        for system in [args.only] if args.only else SYSTEMS:
            folder = out / system
            folder.mkdir(parents=True, exist_ok=True)
            folders.append(str(folder))
            with ProcessPoolExecutor(args.jobs) as pool:
                list(
                    pool.map(one_page, [(page, system, str(folder)) for page in pages], chunksize=8)
                )
        more = [
            *(["--by-source"] if args.by_source else []),
            *(["--worst", args.worst] if args.worst else []),
        ]
        subprocess.run(
            [sys.executable, str(args.score), str(args.html), *folders, *more], check=True
        )
        for name in folders:
            seconds = [
                json.loads(f.read_text("utf-8"))["seconds"] for f in Path(name).glob("*.json")
            ]
            print(
                f"{Path(name).name}: {statistics.median(seconds) * 1000:.0f} ms a page and core on"
                " the median"
            )
    print(f"\noutputs: {out}")


if __name__ == "__main__":
    main()
