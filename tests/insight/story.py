"""A record told in a word each: `Story` writes entries, `Story.findings` reads them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from coprod import events
from coprod.events import Channel, Effect, Kind, Outcome, PlaceKind, ReplyOutcome, Sector
from coprod.insight import Findings, Scope, assess, fold

LONDON = ZoneInfo("Europe/London")
AT = date(2026, 5, 15)


class Story:
    """One locality, one body, and what is done there. Dates are London dates, noon by default."""

    def __init__(self) -> None:
        self.entries: list[events.Entry] = []
        self.body = uuid4()
        self.place = self.add_place()

    def tell(self, event: events.Event, actor: str | None = None, capacity: str | None = None):
        at = event.on or datetime(2026, 1, 1, tzinfo=UTC)
        entry = events.Entry(
            index=len(self.entries), at=at, event=event, actor=actor, capacity=capacity
        )
        self.entries.append(entry)
        return event.subject

    def findings(self, at: date = AT, scope: Scope | None = None, **more: Any) -> Findings:
        return assess(fold(self.entries), scope or Scope.site(), at, **more)

    def alerts(self, at: date = AT, scope: Scope | None = None) -> dict[str, Any]:
        return {alert.code: alert for alert in self.findings(at, scope).alerts}

    def add_place(self, parent: UUID | None = None, shares: Iterable[str] = ()) -> UUID:
        return self.tell(
            events.PlaceAdded(
                subject=uuid4(),
                kind_of_place=PlaceKind.LOCALITY if parent is None else PlaceKind.NEIGHBOURHOOD,
                slug="here",
                parent=parent,
                shares=tuple(Fraction(share) for share in shares),
            )
        )

    def issue(self, opened: str = "2026-01-05", sector: str = "COM", **more: Any) -> UUID:
        return self.tell(
            events.IssueOpened(
                subject=uuid4(),
                place=more.pop("place", self.place),
                on=noon(opened),
                sector=Sector(sector),
                **more,
            )
        )

    def engagement(
        self, opens: str = "2026-01-05", closes: str = "2026-03-05", **more: Any
    ) -> UUID:
        subject = uuid4()
        said = {
            "body": self.body,
            "promise": 3,
            "information": 7,
            "options_fixed": day("2026-03-01"),
            "feedback_due": day("2026-04-20"),
        } | more
        return self.tell(
            events.EngagementOpened(
                subject=subject,
                place=self.place,
                engagement=subject,
                on=noon(opens),
                opens=day(opens),
                closes=day(closes),
                **said,
            )
        )

    def say(self, on: str = "2026-01-20", author: str = "a1", **more: Any) -> UUID:
        said = {
            "place": self.place,
            "kind_of_input": Kind.IDEA,
            "sector": Sector(more.pop("sector", "COM")),
            "channel": Channel(more.pop("channel", "online")),
        } | more
        capacity = said.pop("capacity", None)
        event = events.ContributionMade(subject=uuid4(), on=noon(on), author=author, **said)
        return self.tell(event, actor=author, capacity=capacity)

    def reply(self, to: UUID, on: str = "2026-02-01", **more: Any) -> UUID:
        given = {
            "outcome": ReplyOutcome.ADOPTED,
            "reasons": (events.Reason.COST,),
            "length": 80,
            "body": self.body,
        } | more
        return self.tell(events.ReplyGiven(subject=uuid4(), on=noon(on), contribution=to, **given))

    def decide(self, on: str = "2026-04-14", final: str | None = None, **more: Any) -> UUID:
        said = {"body": self.body, "outcome": Outcome.APPROVED, "place": self.place} | more
        return self.tell(
            events.DecisionRecorded(
                subject=uuid4(),
                on=noon(on),
                paper_final=day(final or on),
                decided=day(on),
                **said,
            )
        )

    def cite(self, decision: UUID, contribution: UUID, on: str = "2026-04-14", **more: Any) -> UUID:
        said = {"effect": Effect.SHAPED, "start": 0, "length": 9, "amended": True} | more
        actor = said.pop("actor", "officer")
        event = events.CitationMade(
            subject=uuid4(), on=noon(on), decision=decision, contribution=contribution, **said
        )
        return self.tell(event, actor=actor)

    def told(self, kind: type[events.Event], subject: UUID, on: str, **more: Any) -> UUID:
        """Any other event about `subject`."""
        return self.tell(kind(subject=subject, on=noon(on), **more))


def day(value: str) -> date:
    return date.fromisoformat(value)


def noon(value: str) -> datetime:
    return datetime.combine(day(value), time(12), LONDON).astimezone(UTC)


def xn(share: Any) -> tuple[int, int]:
    """A share as x of n."""
    return share.x, share.n
