"""The result of an import."""

from sitegen.importer.model import Imported, ImportedItem, ImportReport


def test_outcomes_are_counted() -> None:
    items = [
        ImportedItem("a", "created"),
        ImportedItem("b", "failed"),
        ImportedItem("c", "created"),
    ]
    report = ImportReport(tuple(items), ())
    assert [report.count(outcome) for outcome in ("created", "failed", "kept")] == [2, 1, 0]


def test_articles_share_no_values_that_can_change() -> None:
    first, second = Imported(), Imported()
    assert first == second
    assert first.extra is not second.extra and first.attached is not second.attached
