"""What services have in common."""

from __future__ import annotations

import pytest

from sitegen.send.model import Mailing, MaybeSent, NotSent, Parcel
from sitegen.send.senders.service import CAMPAIGN, Service, id_in, text_in
from tests.send.samples import LETTER


def test_an_answer_without_an_id_leaves_a_doubt() -> None:
    assert id_in({"posts": [{"id": 7}]}, "posts", 0, "id") == "7"
    for answer in (None, {}, {"posts": []}, {"posts": [{}]}, []):
        with pytest.raises(MaybeSent):
            id_in(answer, "posts", 0, "id")
        assert text_in(answer, "posts", 0, "id") == ""


def test_a_trial_that_fails_deletes_its_draft() -> None:
    class Failing(Service):
        deleted = ""

        def create(self, letter: Mailing, parcel: Parcel) -> str:
            return "7"

        def test(self, letter: Mailing, id: str, to: object) -> None:
            raise NotSent("no such subscriber")

        def delete(self, id: str) -> None:
            self.deleted = id
            raise NotSent("not even that")

    sender = Failing()
    with pytest.raises(NotSent, match="no such subscriber"):
        sender.trial(LETTER, ["me@digest.press"])
    assert sender.deleted == "7"
    assert [parcel.mark for parcel in sender.parcels()] == [CAMPAIGN]
