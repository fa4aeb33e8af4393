"""The report of an import as a table for a spreadsheet: a row for each article and each input that
gave none."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from sitegen.base.secrets import text_without_secrets
from sitegen.importer.model import Imported, ImportedItem, ImportReport

FIELDS = (
    *("title", "dek", "authors", "credits", "date", "updated", "dateline", "source", "url"),
    *("section", "page", "tags", "lang", "rights", "images"),
)
COLUMNS = ("input", "article", "outcome", "status", "words kept", "reason", *FIELDS, "evidence")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets run, OWASP: CSV injection


def fields_of(found: Imported) -> dict[str, str]:
    """What an article says, by the names of `FIELDS`; fields that it has not are left out."""
    said = {
        "title": found.title,
        "dek": found.dek,
        "authors": "; ".join(p.name for p in found.authors),
        "credits": "; ".join(p.name for p in found.credits),
        "date": found.date,
        "updated": found.updated,
        "dateline": found.dateline,
        "source": found.source.name,
        "url": found.canonical or found.source.url,
        "section": found.section,
        "page": str(found.extra.get("page") or ""),
        "tags": "; ".join(found.tags),
        "lang": found.lang,
        "rights": found.rights.notice or found.rights.holder,
        "images": str(len(found.images) or ""),
    }
    return {name: text_without_secrets(value) for name, value in said.items() if value}


def as_table(report: ImportReport) -> str:
    """The report as CSV (RFC 4180), with a byte order mark, by which spreadsheets read UTF-8."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    rows.writerows([_safe(cell) for cell in _row(item)] for item in report.items)
    return f"\ufeff{out.getvalue()}"


def is_report(path: Path) -> bool:
    """Whether the file at ``path`` begins as a report does; one that cannot be read does not."""
    head = ",".join(COLUMNS[:3])
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            return file.read(len(head)) in (head, "")
    except OSError:
        return False


def _row(item: ImportedItem) -> Iterable[str]:
    """The cells of one item, in the order of `COLUMNS`."""
    fields = item.fields or {"title": item.title}
    evidence = "; ".join(f"{field}: {how}" for field, how in item.evidence)
    share = "" if item.share is None else f"{item.share:.0%}"
    head = (item.origin, item.path, item.outcome, _status(item), share, item.reason)
    return (*head, *(fields.get(name, "") for name in FIELDS), evidence)


def _status(item: ImportedItem) -> str:
    """The status of an article; empty for what is none."""
    is_placed = bool(item.fields) and item.outcome != "quarantined"
    return item.status or ("published" if is_placed else "")


def _safe(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
