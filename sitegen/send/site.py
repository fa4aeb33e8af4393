"""Send an edition of a site: refuse what must not go out, build, send, record."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from sitegen.base.diagnostics import SitegenError, fail
from sitegen.base.locks import held
from sitegen.base.networks import reach_of
from sitegen.base.progress import Progress, silent
from sitegen.config.schema import Config
from sitegen.config.send import (
    VARIABLES,
    ButtondownSend,
    GhostSend,
    ListmonkSend,
    MailchimpSend,
    PluginSend,
    SendTarget,
    SmtpSend,
)
from sitegen.engine.build import build
from sitegen.engine.editions import read_editions
from sitegen.engine.options import BuildOptions
from sitegen.engine.places import CACHE
from sitegen.engine.staleness import failing
from sitegen.model.base import Struct
from sitegen.model.site import Edition
from sitegen.send.choose import chosen_edition, targets_of
from sitegen.send.letter import read_letter
from sitegen.send.model import (
    Mailing,
    Parcel,
    SendContext,
    Sender,
    SendFailure,
    SendOptions,
    SendReport,
    TargetReport,
)
from sitegen.send.recipients import parcels_of, read_recipients
from sitegen.send.record import (
    Event,
    Parcels,
    Step,
    read_record,
    record_bytes,
    record_path,
    write_done,
    write_event,
)
from sitegen.send.run import send_letter, summary_of
from sitegen.send.senders.buttondown import Buttondown
from sitegen.send.senders.ghost import Ghost
from sitegen.send.senders.listmonk import Listmonk
from sitegen.send.senders.mailchimp import Mailchimp
from sitegen.send.senders.plugin import plugged
from sitegen.send.senders.smtp import Smtp
from sitegen.site.periods import series_of

TOKEN_KEY = "UNSUBSCRIBE_KEY"  # of the environment: the secret of tokens in unsubscribe links
PATIENCE = 15.0  # seconds for the page of an edition
PAUSE = 10.0  # seconds between two looks at it
GONE = (404, 410)
CUT = 102_000  # bytes


def send_edition(
    root: Path,
    series: str,
    key: str,
    options: SendOptions,
    around: SendContext,
    progress: Progress = silent,
) -> SendReport:
    """Send one edition to its targets, or a trial of it to ``options.to``.

    ``series`` and ``key`` name it as site.yaml and `sitegen edition list` do; both may be empty:
    then it is the newest that was closed within a week and has not gone out. Raises SitegenError
    where nothing was sent because of something that a person can correct; what a target refuses is
    in the report.
    """
    given = read_editions(root, around.now)
    config = given.config
    if not config.send:
        hint = "add `send:` with a target; see: sitegen help send"
        message = "site.yaml has no target to send to"
        raise fail("config", message, "site.yaml", help=hint, exit_status=2)
    edition = chosen_edition(root, given, series, key, trial=bool(options.to))
    if edition is None:
        return SendReport(notes=("no closed edition of the last week waits to be sent",))
    targets = targets_of(config, edition, options.target)
    notes = check_public(config, targets.values())
    is_tried_out = bool(notes)
    with held(root / CACHE / "send.lock"):
        letter = _built(root, edition, config, around, progress)
        notes = (*notes, *check_size(letter))
        path = record_path(config.content, edition.key)
        if not (options.to or options.dry_run or options.unchecked):
            notes = (*notes, *check_published(letter.page, options.wait, is_tried_out))
        report = SendReport(
            edition=edition.key,
            title=edition.title,
            size=len(letter.html.encode()),
            trial=options.to,
            dry_run=options.dry_run,
            notes=notes,
        )
        before = record_bytes(root, path)
        run = _Dispatch(root, config, letter, path, options, around)
        made = tuple(_to_target(run, name, target) for name, target in targets.items())
        is_recorded = record_bytes(root, path) != before
    return replace(report, targets=made, record=path if is_recorded else "")


# What must not go out -------------------------------------------------------------------------
def check_public(config: Config, targets: Iterable[SendTarget]) -> tuple[str, ...]:
    """Refuse a letter whose links nobody can follow; a note where the mail server is one of this
    machine, which may be there to try things out.

    Raises SitegenError (exit status 2).
    """
    reach = reach_of(config.base_url)
    if reach == "public":
        return ()
    why = {
        "local": "is a URL of this machine or network",
        "example": "is still the example that `sitegen init` wrote",
        "reserved": "is a name that is reserved for examples and tests",
    }[reach]
    message = f"`base_url` {why}: {config.base_url}"
    here = all(isinstance(one, SmtpSend) and _is_here(one.host) for one in targets)
    if reach == "reserved" and here:
        return (message,)
    hint = "write the URL that readers use into site.yaml; links and images of the letter need it"
    raise fail("send", message, "site.yaml", help=hint, exit_status=2)


def _is_here(host: str) -> bool:
    return reach_of(f"smtp://{host}/") == "local"


def check_size(letter: Mailing) -> tuple[str, ...]:
    """A note for a letter that mail programs cut off."""
    size = len(letter.html.encode())
    if size <= CUT:
        return ()
    return (f"the letter has {size:,} bytes; mail programs cut it off after 102 KB",)


def check_published(page: str, wait: float = 0.0, is_tried_out: bool = False) -> tuple[str, ...]:
    """Refuse a letter whose edition is not on the web, so that its links would lead nowhere; a
    host has ``wait`` seconds to show it.

    Where the host does not answer, returns a note if sending is only tried out. Raises
    SitegenError.
    """
    end = time.monotonic() + wait
    while (status := _status(page)) in GONE and time.monotonic() < end:
        time.sleep(min(PAUSE, wait))
    if status in GONE:
        hint = "deploy the site first: sitegen deploy; --unchecked sends it all the same"
        raise fail("send", f"the edition is not published yet: {page}", help=hint)
    if status is None and not is_tried_out:
        message = f"nothing shows that the edition is published: {page} does not answer"
        hint = "deploy the site, or try again when its host answers; --unchecked sends it"
        hint += " all the same"
        raise fail("send", message, help=hint)
    if status is None:
        return (f"could not check whether the edition is published: {page} does not answer",)
    return ()


def _status(page: str) -> int | None:
    """The status with which a page answers; None if it does not."""
    try:
        request = urllib.request.Request(page, method="HEAD", headers={"User-Agent": "sitegen"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except (OSError, ValueError):
        return None


def _built(
    root: Path, edition: Edition, config: Config, around: SendContext, progress: Progress
) -> Mailing:
    """The letter as a build for readers makes it now: without drafts, and with nothing of the
    future.

    Raises SitegenError where the site has errors.
    """
    options = BuildOptions(root=str(root), now=around.now)
    report = build(options, progress)
    if failing(report.diagnostics, False):
        raise SitegenError(report.diagnostics)
    shown = f"output{edition.url}email.eml"
    return read_letter(root / shown, shown, edition.key)


# One target -----------------------------------------------------------------------------------
class _Dispatch(Struct, frozen=True):
    """What the targets of a run have in common; ``record`` is the file for it, below the site."""

    root: Path
    config: Config
    letter: Mailing
    record: str
    options: SendOptions
    around: SendContext

    @property
    def is_trial(self) -> bool:
        """Whether the letter goes to some addresses only."""
        return bool(self.options.to)


def _to_target(run: _Dispatch, name: str, target: SendTarget) -> TargetReport:
    """Send the letter to one target, or a trial."""
    kind = kind_of(target)
    known = read_record(run.root, run.record).get(name, Parcels())
    if known.done and not run.is_trial:
        notes = (f"has gone out already: {known.done}",)
        return TargetReport(name, kind, notes=notes)
    _check_letter(run.letter, target, run.config)
    sender = _sender_of(run, name, target)
    try:
        if run.is_trial:
            return _tried(sender, name, kind, run.letter, run.options.to)
        if run.options.dry_run:
            return _planned(sender, name, kind, known)
        report = _sent(run, sender, known, name, target)
    finally:
        sender.close()
    if not (report.left or report.doubtful or report.failed or known.count("draft")):
        done = Event(run.around.now, name, "done", note=summary_of(known))
        write_done(run.root, run.record, done)
    return report


def _sent(
    run: _Dispatch, sender: Sender, known: Parcels, name: str, target: SendTarget
) -> TargetReport:
    """Send to everybody who has not got it, and record each step."""

    def write(step: Step, parcel: str, id: str, note: str) -> None:
        event = Event(run.around.now, name, step, parcel, id, note)
        write_event(run.root, run.record, event)

    draft = run.options.draft or target.draft
    outcome = send_letter(sender, run.letter, known, write, draft, run.options.settle)
    return outcome.report(name, kind_of(target), known)


def _tried(
    sender: Sender, name: str, kind: str, letter: Mailing, to: Sequence[str]
) -> TargetReport:
    try:
        sender.trial(letter, to)
    except SendFailure as error:
        return TargetReport(name, kind, failed={", ".join(to): str(error)})
    return TargetReport(name, kind, sent=len(to))


def _planned(sender: Sender, name: str, kind: str, known: Parcels) -> TargetReport:
    """What would go out."""
    left = sum(known.waits(parcel.mark) for parcel in sender.parcels())
    return TargetReport(name, kind, left=left, doubtful=tuple(known.doubtful()))


def _check_letter(letter: Mailing, target: SendTarget, config: Config) -> None:
    """Raise SitegenError where a letter lacks what its kind of target needs."""
    series = series_of(letter.key, config)
    needs_sender = isinstance(target, SmtpSend | MailchimpSend)
    if needs_sender and not letter.sender:
        hint = "add it to the series: `sender: The Digest <news@digest.example>`"
        raise fail("send", "the series has no `sender`", "site.yaml", help=hint, exit_status=2)
    if isinstance(target, SmtpSend) and not (series and series.address):
        hint = "add it to the series: `address: The Digest, 1 Quay Street, Salm`"
        message = "the series has no postal `address`, which such letters must have"
        raise fail("send", message, "site.yaml", help=hint, exit_status=2)


def kind_of(target: SendTarget) -> str:
    """The kind as site.yaml names it."""
    return target.of if isinstance(target, PluginSend) else str(target.__struct_config__.tag)


def _sender_of(run: _Dispatch, name: str, target: SendTarget) -> Sender:
    """The sender that a target of site.yaml means.

    Raises SitegenError where its key or its list is missing.
    """
    match target:
        case PluginSend():
            return plugged(run.root, run.config.plugins, name, target, run.around.env)
        case SmtpSend():
            return _mail_server(run, name, target)
        case ListmonkSend():
            return Listmonk(target, _secret(name, target, run.around))
        case ButtondownSend():
            return Buttondown(target, _secret(name, target, run.around))
        case GhostSend():
            return Ghost(target, _secret(name, target, run.around))
        case MailchimpSend():
            return Mailchimp(target, _secret(name, target, run.around))


def _mail_server(run: _Dispatch, name: str, target: SmtpSend) -> Smtp:
    """The mail server of a target, with the people on its list; a trial needs no list."""
    password = _secret(name, target, run.around) if target.user else ""
    key = run.around.env.get(TOKEN_KEY, "")
    if "{token}" in target.unsubscribe and not key:
        raise _no_secret(name, TOKEN_KEY)
    people: list[Parcel] = []
    if not run.is_trial:
        people = read_recipients(run.root, target.recipients, target.command, run.letter.key)
    return Smtp(target, people, password, key, run.around.now)


def _secret(name: str, target: SendTarget, around: SendContext) -> str:
    variable = target.env or VARIABLES[kind_of(target)]
    value = around.env.get(variable, "")
    if not value:
        raise _no_secret(name, variable)
    return value


def _no_secret(name: str, variable: str) -> SitegenError:
    hint = f"set it: export {variable}=…; `env` of the target names another variable"
    message = f"`send.{name}` needs {variable}, which is not set"
    return fail("send", message, "site.yaml", help=hint, exit_status=2)


def check_addresses(to: Sequence[str]) -> tuple[str, ...]:
    """The addresses of a trial. Raises SitegenError for what is none."""
    return tuple(parcel.to for parcel in parcels_of("\n".join(to), "--to", ""))
