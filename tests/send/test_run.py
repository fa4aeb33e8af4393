"""Nothing goes out twice: kills at each step of a real process, against a real mail server."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from sitegen.config.send import SmtpSend
from sitegen.send.model import Mailing, MaybeSent, NotSent, NotSentYet, Parcel, State
from sitegen.send.record import Parcels, Step, read_record
from sitegen.send.run import MOST_FAILURES, Write, send_letter, summary_of
from sitegen.send.senders.service import Service
from sitegen.send.senders.smtp import Smtp
from tests.send.samples import LETTER, NOW, RECORD, writer
from tests.send.servers import Mailbox, mail_server

PEOPLE = [Parcel(c * 32, f"{c}@post.example", f"{c}@post.example") for c in "abcd"]
EVERYBODY = sorted(parcel.to for parcel in PEOPLE)
Moment = Callable[[], None]


class Campaigns(Service):
    """A service that counts what it was asked; ``failure`` is raised by its next action."""

    name = "service"

    def __init__(self) -> None:
        self.created = self.started = 0
        self.failure: Exception | None = None
        self.says: State = "unknown"

    def _act(self) -> None:
        failure, self.failure = self.failure, None
        if failure:
            raise failure

    def create(self, letter: Mailing, parcel: Parcel) -> str:
        self._act()
        self.created += 1
        return f"c{self.created}"

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        self._act()
        self.started += 1

    def state(self, id: str) -> State:
        return self.says


@pytest.fixture(scope="module")
def box() -> Iterator[Mailbox]:
    with mail_server() as made:
        yield made


def known_in(root: Path) -> Parcels:
    return read_record(root, RECORD).get("mail", Parcels())


def smtp(box: Mailbox) -> Smtp:
    target = SmtpSend(
        host="localhost",
        unsubscribe="mailto:leave@digest.press",
        recipients="x",
        port=box.port,
        security="none",
    )
    return Smtp(target, PEOPLE, "", "", NOW)


def send(root: Path, box: Mailbox, moment: Moment = lambda: None, settle: str = "") -> None:
    """Send to everybody; ``moment`` is called before and after each line of the record, and after
    each mail."""
    sender, write = smtp(box), writer(root)
    start = sender.start

    def noted(step: Step, parcel: str, id: str, note: str) -> None:
        moment()
        write(step, parcel, id, note)
        moment()

    def started(letter: Mailing, parcel: Parcel, id: str) -> None:
        start(letter, parcel, id)
        moment()

    sender.start = started  # type: ignore[method-assign]
    send_letter(sender, LETTER, known_in(root), noted, False, settle)  # type: ignore[arg-type]
    sender.close()


def killed_at(number: int, work: Callable[[Moment], None]) -> bool:
    """Do ``work`` in a process that kills itself at the moment ``number``; whether it came to
    that."""
    child = os.fork()
    if not child:
        left = number

        def moment() -> None:
            nonlocal left
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

        work(moment)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.slow
def test_a_kill_at_any_moment_sends_nothing_twice(tmp_path: Path, box: Mailbox) -> None:
    kills = 0
    for number in range(1, 100):
        root = tmp_path / str(number)
        box.mails.clear()
        if not killed_at(number, lambda moment, root=root: send(root, box, moment)):
            break
        kills += 1
        send(root, box)
        got = box.to()
        assert len(set(got)) == len(got), number
        doubtful = known_in(root).doubtful()
        assert len(doubtful) <= 1
        who = [parcel.to for parcel in PEOPLE if parcel.mark in doubtful]
        assert set(EVERYBODY) - set(got) <= set(who), number  # all others have got it
        truth = "sent" if set(who) <= set(got) else "not-sent"
        send(root, box, settle=truth)
        assert sorted(box.to()) == EVERYBODY, number
    assert kills == 5 * len(PEOPLE)
    assert sorted(box.to()) == EVERYBODY


@pytest.mark.slow
def test_a_kill_of_a_campaign_is_asked_about(tmp_path: Path) -> None:
    """At each step; the counts are in a file, as a service would keep them."""
    for number in range(1, 20):
        root = tmp_path / str(number)
        root.mkdir()
        log = root / "service.log"

        def run(moment: Moment, settle: str = "", root: Path = root, log: Path = log) -> None:
            write = writer(root)

            class Logged(Campaigns):
                def create(self, letter: Mailing, parcel: Parcel) -> str:
                    with log.open("a") as file:
                        file.write("create\n")
                    moment()
                    return "c1"

                def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
                    assert id == "c1"
                    with log.open("a") as file:
                        file.write("start\n")
                    moment()

            def noted(step: Step, parcel: str, id: str, note: str) -> None:
                moment()
                write(step, parcel, id, note)
                moment()

            known = known_in(root)
            send_letter(Logged(), LETTER, known, noted, False, settle)  # type: ignore[arg-type]

        if not killed_at(number, run):
            break
        run(lambda: None)
        done = log.read_text().split() if log.exists() else []
        assert done.count("start") <= 1
        doubtful = known_in(root).doubtful()
        if doubtful:
            created_only = known_in(root).steps["campaign"] == "creating"
            settle = "sent" if "start" in done else "not-sent"
            run(lambda: None, settle)
            assert log.read_text().split().count("start") == 1
            assert log.read_text().split().count("create") <= 1 + created_only
        assert known_in(root).steps["campaign"] == "sent"
    assert number == 11  # ten moments, and one run to its end


# What a target says ----------------------------------------------------------------------------
@pytest.fixture
def campaign(tmp_path: Path) -> tuple[Campaigns, Callable[..., Parcels]]:
    sender = Campaigns()

    def run(**options: object) -> Parcels:
        known = known_in(tmp_path)
        send_letter(sender, LETTER, known, writer(tmp_path), **options)  # type: ignore[arg-type]
        return known_in(tmp_path)

    return sender, run


def test_what_was_refused_is_tried_again_with_the_same_draft(
    campaign: tuple[Campaigns, Callable[..., Parcels]],
) -> None:
    sender, run = campaign
    sender.failure = NotSent("answered 401")
    assert run().steps == {"campaign": "open"}
    sender.failure = NotSentYet("answered 503")
    assert run().steps == {"campaign": "open"}
    assert run().steps == {"campaign": "sent"}
    assert (sender.created, sender.started) == (1, 1)
    assert run().steps == {"campaign": "sent"}
    assert (sender.created, sender.started) == (1, 1)


@pytest.mark.parametrize(
    ("says", "step"), [("sent", "sent"), ("draft", "sending"), ("unknown", "sending")]
)
def test_a_lost_answer_is_asked_about_at_the_service(
    campaign: tuple[Campaigns, Callable[..., Parcels]], says: State, step: str
) -> None:
    sender, run = campaign
    sender.start = _lost  # type: ignore[method-assign]
    assert run().steps == {"campaign": "sending"}
    del sender.start  # type: ignore[attr-defined]
    sender.says = says
    assert run().steps == {"campaign": step}
    assert sender.started == 0
    assert run(settle="not-sent").steps == {"campaign": "sent"}
    assert sender.started == (step == "sending")


def _lost(letter: Mailing, parcel: Parcel, id: str) -> None:
    raise MaybeSent("the connection was lost")


def test_a_draft_is_left_to_a_person(campaign: tuple[Campaigns, Callable[..., Parcels]]) -> None:
    sender, run = campaign
    assert run(draft=True).steps == {"campaign": "draft"}
    assert run().steps == {"campaign": "draft"}
    assert (sender.created, sender.started) == (1, 0)


class People(Campaigns):
    """Takes mails one by one; ``failures`` by recipient."""

    two_steps = False

    def __init__(self, failures: dict[str, Exception]) -> None:
        super().__init__()
        self.failures, self.got = failures, []  # type: ignore[var-annotated]

    def parcels(self) -> Sequence[Parcel]:
        return [Parcel(f"m{n}", f"{n}@post.example", f"{n}@post.example") for n in range(9)]

    def start(self, letter: Mailing, parcel: Parcel, id: str) -> None:
        if failure := self.failures.get(parcel.mark):
            raise failure
        self.got.append(parcel.mark)


def sent(root: Path, sender: People) -> Parcels:
    write: Write = writer(root)
    send_letter(sender, LETTER, known_in(root), write)
    return known_in(root)


def test_one_recipient_does_not_keep_the_others(tmp_path: Path) -> None:
    failures = {"m1": NotSent("550"), "m3": NotSentYet("450"), "m5": MaybeSent("lost")}
    sender = People(failures)  # type: ignore[arg-type]
    known = sent(tmp_path, sender)
    assert sender.got == ["m0", "m2", "m4", "m6", "m7", "m8"]
    assert known.doubtful() == ["m5"]
    again = People({})
    known = sent(tmp_path, again)
    assert again.got == ["m3"]
    assert summary_of(known) == "7 mails sent, 1 refused"


def test_a_server_that_fails_again_and_again_is_left_alone(tmp_path: Path) -> None:
    sender = People({f"m{n}": NotSentYet("450") for n in range(9)})
    known = sent(tmp_path, sender)
    assert known.count("open") == MOST_FAILURES
