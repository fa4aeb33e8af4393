"""send: sending editions as e-mail."""

from __future__ import annotations

import os
import sys
from itertools import chain
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from sitegen.cli.shared import (
    clock,
    dry_run_option,
    find_site,
    json_option,
    now_option,
    quiet_option,
    site_option,
)
from sitegen.cli.terminal import ProgressBar, echo, echo_json, echo_lines

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.send.model import SendOptions, SendReport, TargetReport

UNTIL_LIVE = 240.0  # seconds that a host may take until it shows what was uploaded


@click.command("send")
@click.argument("series", default="")
@click.argument("key", default="")
@site_option
@click.option("--to", multiple=True, metavar="ADDRESS", help="Send only a trial, to ADDRESS.")
@click.option("--target", default="", metavar="NAME", help="One target below `send` in site.yaml.")
@click.option("--draft", is_flag=True, help="Leave it as a draft at the service.")
@click.option(
    "--settle",
    type=click.Choice(["sent", "not-sent"]),
    help="Say whether an e-mail in doubt was sent.",
)
@click.option("--unchecked", is_flag=True, help="Do not ask whether the edition is published.")
@click.option(
    "--wait",
    type=click.FloatRange(0),
    default=0,
    help="Seconds to wait until it is published.",
)
@now_option
@dry_run_option
@json_option
@quiet_option
def send_command(series: str, key: str, **flags: Any) -> None:
    """Send a closed edition as e-mail to the targets below `send` in site.yaml.

    Without KEY it is the newest edition that was closed within a week and has not gone out. An
    edition goes out once: content/_sent/ has a record, which belongs under version control. If a
    run is stopped, the next one sends the rest, and reports what may or may not have gone out: look
    at the service, and say which it is with --settle.

    \b
    Examples:
      sitegen send --to me@digest.example
      sitegen send
      sitegen send the-friday-letter 2026-w48 --dry-run
      sitegen send 2026-w48 --target mail --settle not-sent
    """
    from sitegen.send.model import SendContext, SendOptions
    from sitegen.send.site import check_addresses, send_edition

    root = find_site(flags["site"])
    options = SendOptions(
        to=check_addresses(flags["to"]),
        target=flags["target"],
        draft=flags["draft"],
        dry_run=flags["dry_run"],
        settle=flags["settle"] or "",
        unchecked=flags["unchecked"],
        wait=flags["wait"],
    )
    quiet = flags["quiet"] or flags["as_json"]
    around = SendContext(dict(os.environ), clock(flags["now"]))
    report = send_edition(root, series, key, options, around, ProgressBar(quiet))
    if any(one.doubtful for one in report.targets) and not quiet and sys.stdin.isatty():
        report = _settled(root, report, options, around)
    if flags["as_json"]:
        echo_json(report)
    else:
        _echo(report, flags["quiet"])
    if not report.complete:
        sys.exit(1)


def send_after_deploy(root: Path, moment: str, quiet: bool) -> None:
    """Send the edition that waits, if one does, once its page can be read; ends the process with 1
    if not all of it has gone out."""
    from sitegen.send.model import SendContext, SendOptions
    from sitegen.send.site import send_edition

    context = SendContext(dict(os.environ), moment)
    options = SendOptions(wait=UNTIL_LIVE)
    report = send_edition(root, "", "", options, context, ProgressBar(quiet))
    _echo(report, quiet)
    if not report.complete:
        sys.exit(1)


def _settled(root: Path, report: SendReport, options: SendOptions, around: Any) -> SendReport:
    """Ask a person what became of that which is in doubt, and go on with the answer."""
    from sitegen.send.site import send_edition

    for target in (one for one in report.targets if one.doubtful):
        for line in _lines(target):
            echo(line)
        question = f"Has it gone out from {target.target}? (look there first)"
        answer = click.prompt(question, type=click.Choice(["sent", "not-sent", "later"]))
        if answer == "later":
            continue
        again = replace(options, target=target.target, settle=answer, unchecked=True)
        done = send_edition(root, "", report.edition, again, around)
        others = (one for one in report.targets if one.target != target.target)
        report = replace(report, targets=(*others, *done.targets))
    return report


def _echo(report: SendReport, quiet: bool) -> None:
    if quiet:
        echo_lines(chain.from_iterable(map(_problems, report.targets)), err=True)
        return
    echo_lines([f"note: {note}" for note in report.notes], err=True)
    for target in report.targets:
        echo_lines(_problems(target), err=True)
        echo_lines(_lines(target))
    if report.dry_run:
        echo(f"would send {report.edition} ({report.title}), {report.size / 1000:.0f} KB")
    elif report.record:
        echo(f"recorded in {report.record}: commit it with the site")


def in_words(report: SendReport) -> str:
    """The outcome as one text, for people who do not look at a terminal."""
    lines = [*report.notes]
    for target in report.targets:
        lines += [*_problems(target), *_lines(target)]
    if report.record:
        lines.append(f"recorded in {report.record}: commit it with the site")
    return ". ".join(line.strip() for line in lines) + "."


def _lines(target: TargetReport) -> list[str]:
    """What became of an edition at one target."""
    counts = (
        (target.sent, "sent"),
        (target.drafts, "draft created" if target.drafts == 1 else "drafts created"),
        (target.before, "before"),
        (len(target.refused), "refused"),
        (target.left, "left"),
        (len(target.doubtful), "in doubt"),
    )
    said = ", ".join(f"{number} {words}" for number, words in counts if number)
    said = said or "nothing to send"
    return [f"{target.target} ({target.kind}): {said}", *(f"  {note}" for note in target.notes)]


def _problems(target: TargetReport) -> list[str]:
    """What went wrong, and what is in doubt."""
    out = [f"refused {who}: {why}" for who, why in target.refused.items()]
    out += [f"not sent to {who}: {why}" for who, why in target.failed.items()]
    out += [f"in doubt: {who} (it may have gone out)" for who in target.doubtful]
    if target.doubtful:
        out.append("  nothing is repeated: look there, then run it with --settle sent or not-sent")
    return out
