"""What each form of the desk does: it calls one function of `sitegen.desk`, and says what came of
it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sitegen.base.diagnostics import Diagnostic, fail
from sitegen.base.text import counted
from sitegen.content.closed_editions import edition_path
from sitegen.content.discover import found_file
from sitegen.content.inbox import is_in_inbox, read_item
from sitegen.desk import actions, edits
from sitegen.desk.journal import ChangedSince, Outcome, mark_of
from sitegen.desk.listing import WaitingItem
from sitegen.desk.snapshot import Reader, Settings
from sitegen.desk.under_way import EditionRow, UnderWay
from sitegen.desk.web.guard import Form
from sitegen.desk.web.views import edition_of, own_path, read_text, written
from sitegen.engine.editions import to_close
from sitegen.model.article import Comment
from sitegen.model.base import Struct

DONE = {
    "pick": "picked",
    "drop": "dropped",
    "back": "back in the inbox",
    "comment": "comment saved",
    "section": "moved",
    "words": "saved",
    "order": "order saved",
    "lead": "lead saved",
    "close": "closed",
}
# Sends an edition, perhaps to one address only: what became of it, and whether all went out.
Send = Callable[[str, str], tuple[str, bool]]


class Tools(Struct, frozen=True):
    """What the forms act with: the files, and the programs that only the command line knows."""

    reader: Reader
    open_file: Callable[[Path], str]  # opens a file in an editor; what went wrong
    send: Send | None = None


class FormAnswer(Struct, frozen=True):
    """What came of a form, in words; ``mark`` is the digest of the edition's file now, ``path`` the
    file that an undo brought back."""

    said: str
    ok: bool = True
    mark: str = ""
    path: str = ""


class ConflictField(Struct, frozen=True):
    """A field of which there are two versions."""

    name: str
    label: str
    yours: str
    theirs: str
    rows: int = 1


class Conflict(Exception):
    """A text was typed for a file that has changed since: both versions of it."""

    def __init__(
        self, path: str, action: str, kept: dict[str, str], fields: Sequence[ConflictField]
    ) -> None:
        super().__init__(path)
        self.path, self.action, self.kept, self.fields = path, action, kept, fields


def in_words(problem: Diagnostic) -> str:
    """A problem as a sentence, with what to do."""
    place = f"{problem.path}: " if problem.path else ""
    return f"{place}{problem.message}{f' ({problem.help})' if problem.help else ''}."


# The inbox ------------------------------------------------------------------------------------
def pick(tools: Tools, form: Form) -> FormAnswer:
    """Take items into the edition."""
    here = tools.reader.settings()
    items = _items(here, form)
    edition = form.text("edition")
    outcome = actions.pick(here.root, here.config, items, here.local, here.closed_keys, edition)
    return _outcome(outcome, "Picked")


def drop(tools: Tools, form: Form) -> FormAnswer:
    """Take items out of the inbox for good."""
    here = tools.reader.settings()
    outcome = actions.drop(here.root, here.config, _items(here, form), here.local[:10])
    return _outcome(outcome, "Dropped")


def undo(tools: Tools, form: Form) -> FormAnswer:
    """Take the last action back."""
    here = tools.reader.settings()
    outcome = actions.undo(here.root, here.config)
    done = outcome.done
    said = f"Undone ({DONE[done[0].what]})" if done else ""
    path = done[0].files[0].before if done and done[0].files else ""
    return _outcome(outcome, said, path)


def _items(here: Settings, form: Form) -> list[WaitingItem]:
    """The items that a form names: one by its own button, or those that are selected.

    Raises SitegenError where it names none.
    """
    named = form.texts("one") or form.texts("all_items" if form.text("all") else "item")
    if not named:
        raise fail("inbox", "nothing is selected", help="tick some items, or use their own buttons")
    return [_item(here, text) for text in named]


def _item(here: Settings, named: str) -> WaitingItem:
    """The item that ``named`` means, a digest and a path: with the digest as it was shown."""
    mark, _, path = named.partition(" ")
    if not is_in_inbox(path, here.config.content):
        raise fail("inbox", "is not in the inbox", path[:200])
    own_path(here, path)
    if not (here.root / path).is_file():
        return WaitingItem("", mark, path, path.rpartition("/")[2])
    item = read_item(here.root, found_file(path, (here.root / path).stat()), here.config)
    title = item.document.title if item.document else path.rpartition("/")[2]
    problem = "; ".join(d.message for d in item.problems)
    return WaitingItem(item.key, mark, path, title, problem=problem)


def _outcome(outcome: Outcome, said: str, path: str = "") -> FormAnswer:
    """What was done, after ``said``, which names the action; and why the rest was not."""
    done, problems = outcome.done, outcome.problems
    what = done[0].title if len(done) == 1 else counted(len(done), "item")
    sentences = [f"{said}: {what}."] if done else []
    sentences += map(in_words, problems)
    return FormAnswer(" ".join(sentences), not problems, path=path)


# Articles -------------------------------------------------------------------------------------
def comment(tools: Tools, form: Form) -> FormAnswer:
    """Write what this digest says about an article, everywhere or in one edition only."""
    here = tools.reader.settings()
    path = own_path(here, form.text("path"))
    words = edits.typed_comment(form.text("text"), form.text("by"))
    title = _title(here, path)
    key = form.text("edition")
    try:
        if not key or not form.text("only_here"):
            done = edits.comment_on(here.root, here.config, path, form.text("mark"), title, words)
            if key:
                _forget_in_edition(tools, key, path)
        else:
            edition = edition_of(tools.reader, key)
            name = _row_of(edition, path).name
            shown = form.text("edition_mark")
            done = edits.comment_in(here.root, here.config, edition, shown, name, words)
    except ChangedSince:
        raise _comment_conflict(tools, form, path) from None
    return FormAnswer(f"Comment saved: {done.title}.")


def _forget_in_edition(tools: Tools, key: str, path: str) -> None:
    """Remove what was said of an article in one edition only: it is said everywhere now."""
    here, edition = tools.reader.settings(), edition_of(tools.reader, key)
    row = next((row for row in edition.lines if row.path == path), None)
    if row is not None and row.said is not None:
        edits.comment_in(here.root, here.config, edition, edition.mark, row.name, None)


def _comment_conflict(tools: Tools, form: Form, path: str) -> Conflict:
    here, key = tools.reader.settings(), form.text("edition")
    mark, parsed = read_text(here, path)
    theirs = parsed.document.comment if parsed.document else None
    if key and form.text("only_here"):
        theirs = _row_of(edition_of(tools.reader, key), path).said
    kept = {
        "next": form.text("next"),
        "path": path,
        "mark": mark,
        "edition": key,
        "edition_mark": mark_of(here.root, edition_path(here.config, key)) if key else "",
        "only_here": form.text("only_here"),
    }
    fields = _comment_fields(form, theirs, {"text": "Comment", "by": "By"})
    return Conflict(path, "/_desk/comment", kept, fields)


def _comment_fields(
    form: Form, theirs: Comment | None, labels: dict[str, str]
) -> list[ConflictField]:
    """Both versions of a comment: its words and who wrote them, by the names of their fields."""
    (text, text_label), (by, by_label) = labels.items()
    said = theirs or Comment("", "")
    return [
        ConflictField(text, text_label, form.text(text), said.text, rows=4),
        ConflictField(by, by_label, form.text(by), said.by),
    ]


def section(tools: Tools, form: Form) -> FormAnswer:
    """Move an article to another section."""
    here = tools.reader.settings()
    path = own_path(here, form.text("path"))
    title, name = _title(here, path), form.text("section")
    edits.move_to_section(here.root, here.config, path, form.text("mark"), title, name)
    return FormAnswer(f"Moved to {name.strip()}: {title}.")


def back(tools: Tools, form: Form) -> FormAnswer:
    """Take an article out of the edition, into the inbox."""
    site = tools.reader.site()
    here = site.settings
    mark, _, path = form.text("one").partition(" ")
    document = next((d for d in site.seen.site.documents if d.path == path), None)
    if document is None:
        raise fail("inbox", "is not an article of this site", path[:200])
    edits.put_back(here.root, here.config, document, mark, site.documents)
    return FormAnswer(f"Back in the inbox: {document.title}.")


def open_file(tools: Tools, form: Form) -> FormAnswer:
    """Open an article in the editor."""
    here = tools.reader.settings()
    path = own_path(here, form.text("one").partition(" ")[2])
    fault = tools.open_file(here.root / path)
    return FormAnswer(fault or f"Opened: {path}.", not fault)


def _title(here: Settings, path: str) -> str:
    document = read_text(here, path)[1].document
    return document.title if document else path


# The edition ----------------------------------------------------------------------------------
def words(tools: Tools, form: Form) -> FormAnswer:
    """Write the title, the intro and the outro of an edition."""
    here, edition = tools.reader.settings(), edition_of(tools.reader, form.text("edition"))
    title = form.text("title")
    intro = edits.typed_comment(form.text("intro"), form.text("intro_by"))
    outro = edits.typed_comment(form.text("outro"), form.text("outro_by"))
    try:
        edits.write_words(here.root, here.config, edition, form.text("mark"), title, intro, outro)
    except ChangedSince:
        raise _words_conflict(here, form, edition) from None
    return FormAnswer(f"Saved: {edition.key}.", mark=mark_of(here.root, edition.path))


def _words_conflict(here: Settings, form: Form, edition: UnderWay) -> Conflict:
    file = written(here, edition.key)
    title, intro, outro = (file.title, file.intro, file.outro) if file else ("", None, None)
    fields = [
        ConflictField("title", "Title", form.text("title"), title),
        *_comment_fields(form, intro, {"intro": "Intro", "intro_by": "Intro by"}),
        *_comment_fields(form, outro, {"outro": "Outro", "outro_by": "Outro by"}),
    ]
    kept = {"next": form.text("next"), "edition": edition.key, "mark": edition.mark}
    return Conflict(edition.path, "/_desk/words", kept, fields)


def order(tools: Tools, form: Form) -> FormAnswer:
    """Move an article of an edition: up, down, or in front of another one of its section."""
    here, edition = tools.reader.settings(), edition_of(tools.reader, form.text("edition"))
    way, _, name = form.text("move").partition(" ")
    moved = _row(edition, name)
    rows = reordered(edition.lines, moved, way, form.text("before"))
    if rows == edition.lines:
        where = "first" if way == "up" else "last"
        return FormAnswer(f"{moved.title} is the {where} of its section.", False, edition.mark)
    edits.write_order(here.root, here.config, edition, form.text("mark"), rows)
    place = [row for row in rows if row.section == moved.section].index(moved) + 1
    mark = mark_of(here.root, edition.path)
    return FormAnswer(f"{moved.title}: now number {place} of its section.", mark=mark)


def reordered(
    rows: Sequence[EditionRow], moved: EditionRow, way: str, before: str = ""
) -> list[EditionRow]:
    """``rows`` with one of them a place up or down in its section, or ``way`` "to": in front of
    the row named ``before``, at the end of the section without it."""
    if moved.is_lead:
        return list(rows)
    group = [row for row in rows if row.section == moved.section and not row.is_lead]
    others = [row for row in group if row.name != moved.name]
    place = _new_place([row.name for row in others], group.index(moved), way, before)
    queue = iter([*others[:place], moved, *others[place:]])
    return [next(queue) if row in group else row for row in rows]


def _new_place(others: Sequence[str], place: int, way: str, before: str) -> int:
    """Where a row that is at ``place`` goes among the names of the ``others`` of its section."""
    if way == "to":
        return others.index(before) if before in others else len(others)
    step = -1 if way == "up" else 1
    return min(max(0, place + step), len(others))


def lead(tools: Tools, form: Form) -> FormAnswer:
    """Make an article the lead of an edition."""
    here, edition = tools.reader.settings(), edition_of(tools.reader, form.text("edition"))
    name = form.text("lead")
    title = _row(edition, name).title if name else "nothing chosen"
    edits.write_lead(here.root, here.config, edition, form.text("mark"), name)
    return FormAnswer(f"Lead: {title}.", mark=mark_of(here.root, edition.path))


def close(tools: Tools, form: Form) -> FormAnswer:
    """Close an edition, and the older ones that were shown with it."""
    site = tools.reader.site()
    here, key = site.settings, form.text("edition")
    found = to_close(site.published, key)
    shown = {name: mark for mark, _, name in (text.partition(" ") for text in form.texts("closes"))}
    if [edition.key for edition in found] != list(shown):
        raise fail("edition", f"other editions close with `{key}` now", help="look at them again")
    pairs = [(edition, shown[edition.key]) for edition in found]
    edits.close_editions(here.root, site.published, pairs)
    return FormAnswer(f"Closed: {', '.join(shown)}.")


def send(tools: Tools, form: Form) -> FormAnswer:
    """Send a closed edition."""
    key, to = form.text("edition"), form.text("to").strip()
    if tools.send is None:
        raise fail("edition", "sending is not set up", help=f"use `sitegen send {key}`")
    if not to and form.text("sure") != "yes":
        raise fail("edition", "nothing was sent", help="tick the box, or name an address")
    return FormAnswer(*tools.send(key, to))


def _row(edition: UnderWay, name: str) -> EditionRow:
    found = next((row for row in edition.lines if row.name == name), None)
    if found is None:
        raise fail("edition", f"`{name[:80]}` is not in {edition.key} any more")
    return found


def _row_of(edition: UnderWay, path: str) -> EditionRow:
    found = next((row for row in edition.lines if row.path == path), None)
    if found is None:
        raise fail("edition", f"is not in {edition.key} any more", path)
    return found


ACTIONS: dict[str, Callable[[Tools, Form], FormAnswer]] = {
    "pick": pick,
    "drop": drop,
    "undo": undo,
    "comment": comment,
    "section": section,
    "back": back,
    "open": open_file,
    "words": words,
    "order": order,
    "lead": lead,
    "close": close,
    "send": send,
}
