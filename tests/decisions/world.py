"""A body about to decide on a conversation: who is there, what was said, and when."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from flask import Flask

from coprod import bodies, clock, decisions, issues
from coprod.contributions import Contribution
from coprod.db import session, transaction
from coprod.decisions import Citation, Cited, Decision, Rest, Ruling
from coprod.events import Disposition, Effect, Outcome, Reason, Role, Sector
from coprod.identity import Person
from tests.make import a_body, a_contribution, a_person, a_place, someone_who

T = TypeVar("T")

START = datetime(2026, 3, 2, 10, tzinfo=UTC)  # when people speak
FINAL = date(2026, 4, 7)  # when the paper is final
MET = datetime(2026, 4, 14, 13, tzinfo=UTC)  # when the body meets
WORDS = "The last bus leaves before the group ends, so my mother cannot come."
QUOTE = "the last bus leaves before the group ends"
REST = Rest(disposition=Disposition.NOT_USED, reasons=[Reason.COST], because="There is no money.")


class World:
    """Make it inside `clock.at(START)`; it decides by the clock of the day of the meeting."""

    def __init__(self) -> None:
        self.place = a_place()
        self.body = a_body(self.place)
        self.officer = someone_who(Role.OFFICER, body=self.body)
        self.author = a_person(Sector.RESIDENT)
        self.meeting = bodies.call_meeting(None, self.body.id, held_at=MET)
        self.said = a_contribution(self.place, author=self.author, text=WORDS)
        assert self.said.issue_id
        self.issue_id = self.said.issue_id
        with transaction():
            issues.hold(self.issue_id).body_id = self.body.id

    def also_said(
        self, text: str = "Please mend the lift.", by: Person | None = None
    ) -> Contribution:
        return a_contribution(self.place, author=by, text=text, issue_id=self.issue_id)

    def ruling(self, **given: Any) -> Ruling:
        told: dict[str, Any] = {
            "outcome": Outcome.APPROVED,
            "title": "A later bus on group nights",
            "text": "The bus on Tuesdays will leave at half past nine.",
            "reasons": "People could not get home from the group.",
            "paper_final": FINAL,
            "paper": "IJB 14/26",
        }
        return Ruling(**told | given)

    def cited(self, said: Contribution | None = None, **given: Any) -> Cited:
        told: dict[str, Any] = {
            "contribution_id": (said or self.said).id,
            "effect": Effect.CHANGED,
            "quote": QUOTE,
            "before": "The bus will leave at 8pm.",
            "after": "The bus will leave at 9.30pm.",
        }
        return Cited(**told | given)

    def decide(self, *, by: Person | None = None, **given: Any) -> Decision:
        """Record a decision a day after the meeting, citing the author unless told otherwise."""
        told: dict[str, Any] = {
            "ruling": self.ruling(),
            "meeting_id": self.meeting.id,
            "issue_id": self.issue_id,
            "citations": [self.cited()],
            "rest": REST,
        }
        with clock.at(MET + timedelta(days=1)):
            return decisions.record((by or self.officer).id, self.body.id, **told | given)

    def quotation(self, **given: Any) -> Citation:
        """The one citation of a decision."""
        return decisions.get(self.decide(**given).id).citations[0]


def at_once(app: Flask, times: int, act: Callable[[], T]) -> list[T]:
    """What `act` gives, done by eight threads, that many times in all."""

    def once(_: int) -> T:
        with app.app_context():
            try:
                return act()
            finally:
                session.remove()

    session.remove()
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(once, range(times)))
