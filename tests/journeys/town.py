"""A town with a year behind it: something of every kind that a page can show."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from coprod import bodies, clock, contributions, decisions, identity, issues, replies, voting
from coprod.decisions import Agreed, Cited, Decision, Rest, Ruling
from coprod.events import (
    Disposition,
    Effect,
    Outcome,
    Reason,
    ReplyOutcome,
    Role,
    Sector,
    Side,
)
from coprod.voting import Poll
from tests.make import (
    a_body,
    a_contribution,
    a_person,
    a_place,
    a_plan,
    a_vote,
    an_engagement,
    as_,
    someone_who,
)

WORDS = "The last bus leaves before the group ends, so my mother cannot come."
QUOTE = "the last bus leaves before the group ends"
LIFT = "There is no lift at the hall, so I wait outside."


def ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def day_ago(days: int) -> date:
    return clock.local_date(ago(days))


class Town:
    """Four people spoke 45 days ago; the board's paper was final 9 days ago, and it met yesterday.

    Make it by the real clock: it goes back by itself, and leaves the clock as it was.
    """

    def __init__(self) -> None:
        met = ago(1)
        with clock.at(ago(45)):
            self.place = a_place("Airdrie")
            self.body = a_body(self.place, "Airdrie Locality Planning Group")
            self.officer = someone_who(Role.OFFICER, body=self.body, name="Olive Officer")
            self.planner = someone_who(Role.PLANNER, body=self.body, name="Peter Planner")
            self.checker = someone_who(Role.CHECKER, name="Chris Checker")
            self.asha = a_person(Sector.RESIDENT, name="Asha Khan")
            self.issue_id = issues.open_(
                identity.speaking(self.asha.id, Sector.RESIDENT),
                title="Getting home at night",
                place_id=self.place.id,
                sector=Sector.RESIDENT,
                body_id=self.body.id,
            ).id
            self.said = a_contribution(
                self.place, author=self.asha, text=WORDS, issue_id=self.issue_id
            )
            self.lift = a_contribution(
                self.place, title="A lift at the hall", text=LIFT, issue_id=self.issue_id
            )
            self.meeting = bodies.call_meeting(None, self.body.id, held_at=met)

    def decide(self) -> Decision:
        """The board agrees a later bus, because of what Asha said; the lift is not used."""
        return decisions.record(
            self.officer.id,
            self.body.id,
            ruling=Ruling(
                outcome=Outcome.APPROVED,
                title="A later bus on group nights",
                text="The bus on Tuesdays will leave at half past nine.",
                reasons="People could not get home from the group.",
                paper_final=day_ago(9),
                paper="IJB 14/26",
            ),
            meeting_id=self.meeting.id,
            issue_id=self.issue_id,
            citations=[
                Cited(
                    contribution_id=self.said.id,
                    effect=Effect.CHANGED,
                    quote=QUOTE,
                    before="The bus will leave at 8pm.",
                    after="The bus will leave at 9.30pm.",
                )
            ],
            rest=Rest(
                disposition=Disposition.NOT_USED,
                reasons=[Reason.COST],
                because="There is no money.",
            ),
            actions=[
                Agreed(title="Move the bus", owner="Transport planner", due=day_ago(-30)),
            ],
        )

    def talk(self) -> None:
        """A discussion three deep, supports, and an answer."""
        with clock.at(ago(40)):
            neighbour = a_person(Sector.RESIDENT, Sector.LIVED_EXPERIENCE, name="Jean McBride")
            top = self.said.id
            for n in range(12):
                top = contributions.comment(
                    neighbour.id,
                    self.said.id if n % 4 == 0 else top,
                    text="I think so too, because my sister waits an hour in the cold.",
                    side=list(Side)[n % 3],
                    standing=as_(),
                ).id
            contributions.support(neighbour.id, self.said.id, sector=Sector.RESIDENT)
        with clock.at(ago(30)):
            self.reply = replies.answer(
                self.planner.id,
                self.said.id,
                outcome=ReplyOutcome.STILL_DECIDING,
                reasons=[],
                text="We asked the bus company what a later bus on Tuesdays would cost. "
                "The group decides on it this month.",
            )

    def a_vote_now(self) -> Poll:
        """A vote that opened eleven days ago, and closes in three."""
        with clock.at(ago(60)):
            asked = an_engagement(self.place, body=self.body, title="Which should come first?")
            return a_vote(asked, "A later bus home", "A taxi card", "A lift club", choose=2)

    def a_vote_counted(self, voters: int = 24) -> Poll:
        """One that closed four weeks ago: two in three for a later bus."""
        with clock.at(ago(91)):
            asked = an_engagement(self.place, body=self.body, title="What shall we pay for?")
            poll = a_vote(asked, "A later bus still", "A taxi card for all")
        by_title = {option.title: option.id for option in voting.get(poll.id).options}
        with clock.at(poll.opened_at + timedelta(days=1)):
            for n in range(voters):
                sector = Sector.LIVED_EXPERIENCE if n % 2 else Sector.RESIDENT
                chosen = "A later bus still" if n % 3 else "A taxi card for all"
                voting.cast(a_person(sector).id, poll.id, choices=[by_title[chosen]], sector=sector)
        voting.close_due()
        return poll

    def ask(self) -> None:
        """A have-your-say that is open, and one still being planned."""
        self.open = an_engagement(self.place, body=self.body, planner=self.planner)
        self.plan = a_plan(self.place, body=self.body, planner=self.planner, title="Warm rooms")
