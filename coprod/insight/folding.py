"""The fold: entries of the record, one at a time, into facts. It can stop and go on anywhere.

Entries come by index; acts count by their own date (`Entry.when`), because imports come late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from coprod import events
from coprod.events import COMMUNITY_SIDE, Entry, Event, Role
from coprod.insight.calendar import london_day
from coprod.insight.facts import (
    Action,
    Citation,
    Contribution,
    Dated,
    Decision,
    Engagement,
    Facts,
    Issue,
    Place,
    Poll,
    Reply,
    Statement,
    Total,
)
from coprod.insight.sectors import GROUP_OF

# Whoever acts in these capacities writes down what somebody else said.
TYPISTS = frozenset({Role.HELPER.value, Role.PLANNER.value, Role.OFFICER.value})


def fold(entries: Iterable[Entry], facts: Facts | None = None) -> Facts:
    """The facts after these entries, added to `facts` (which is changed) where given."""
    facts = Facts() if facts is None else facts
    for entry in entries:
        take(facts, entry)
    return facts


def take(facts: Facts, entry: Entry) -> None:
    """One more entry of the record. Kinds that no figure needs are passed over."""
    learn = _LEARN.get(type(entry.event))
    if learn is not None:
        learn(facts, entry, entry.event, london_day(entry.when))
    facts.position = max(facts.position, entry.index + 1)


Learn = Callable[[Facts, Entry, Any, date], None]


def _place(facts: Facts, entry: Entry, said: events.PlaceAdded, day: date) -> None:
    facts.places[said.subject] = Place(
        said.subject, said.kind_of_place, said.parent, said.shares, said.population
    )


def _organisation(facts: Facts, entry: Entry, said: events.OrganisationAdded, day: date) -> None:
    if said.parent is not None:
        facts.parents[said.subject] = said.parent


def _issue(facts: Facts, entry: Entry, said: events.IssueOpened, day: date) -> None:
    facts.issues[said.subject] = Issue(said.subject, day, said.place, said.sector, said.body)


def _contribution(facts: Facts, entry: Entry, said: events.ContributionMade, day: date) -> None:
    made = Contribution(
        said.subject,
        entry.when,
        day,
        day.toordinal(),
        facts.spot(said.place) if said.place is not None else None,
        facts.asked_in(said.engagement) if said.engagement is not None else None,
        said.sector,
        GROUP_OF[said.sector],
        said.sector in COMMUNITY_SIDE,
        said.channel,
        said.author,
        said.issue,
        said.organisation,
        said.parent,
        said.side,
        said.headcount,
        said.unlinkable,
        entry.capacity in TYPISTS and said.imported is None,
        said.imported is not None,
    )
    made.moved = made.id in facts.gathered
    facts.contributions[made.id] = made
    if made.spot is not None:
        made.spot.said.append(made)
    (facts.said_apart if made.asked is None else made.asked.said).append(made)
    _place_in_thread(facts, made)
    if not made.unlinkable:
        first = facts.first_said.setdefault(made.author, day)
        facts.first_said[made.author] = min(first, day)


def _place_in_thread(facts: Facts, made: Contribution) -> None:
    if made.parent is not None and made.parent != made.id:
        facts.said_under[made.parent].append(made)
        made.above = facts.contributions.get(made.parent)
    for answer in facts.said_under.get(made.id, ()):
        if answer not in _upwards(made):  # it came before what it answers: no ring may form
            answer.above = made


def _upwards(said: Contribution) -> Iterator[Contribution]:
    here: Contribution | None = said
    while here is not None:
        yield here
        here = here.above


def _reply(facts: Facts, entry: Entry, said: events.ReplyGiven, day: date) -> None:
    facts.replies[said.contribution].append(Reply(said.subject, entry.when, day, said))


def _engagement(facts: Facts, entry: Entry, said: events.EngagementOpened, day: date) -> None:
    opened = Engagement(
        id=said.subject,
        day=day,
        place=said.place,
        body=said.body,
        issue=said.issue,
        promise=int(said.promise),
        opens=said.opens,
        closes=said.closes,
        information=said.information,
        options_fixed=said.options_fixed,
        feedback_due=said.feedback_due,
        major=said.major,
    )
    facts.engagements[opened.id] = facts.asked_in(opened.id).opened = opened


def _decision(facts: Facts, entry: Entry, said: events.DecisionRecorded, day: date) -> None:
    facts.decisions[said.subject] = Decision(
        id=said.subject,
        day=max(day, said.decided),
        place=said.place,
        engagement=said.engagement,
        issue=said.issue,
        body=said.body,
        outcome=said.outcome,
        paper_final=said.paper_final,
        decided=said.decided,
    )


def _citation(facts: Facts, entry: Entry, said: events.CitationMade, day: date) -> None:
    made = Citation(
        id=said.subject,
        day=day,
        decision=said.decision,
        contribution=said.contribution,
        effect=said.effect,
        quoted=said.start is not None,
        amended=said.amended,
        actor=entry.actor,
    )
    facts.citing[made.decision].append(made)
    facts.cited[made.contribution].append(made)


def _disputed(facts: Facts, entry: Entry, said: events.CitationDisputed, day: date) -> None:
    facts.disputed.add(said.subject, day, entry.index, True)


def _dispute_resolved(
    facts: Facts, entry: Entry, said: events.CitationDisputeResolved, day: date
) -> None:
    facts.disputed.add(said.subject, day, entry.index, False)
    facts.upheld.add(said.subject, day, entry.index, said.upheld)


def _disposition(facts: Facts, entry: Entry, said: events.DispositionGiven, day: date) -> None:
    facts.disposed.add(said.decision, day, entry.index, True)


def _action(facts: Facts, entry: Entry, said: events.ActionAgreed, day: date) -> None:
    facts.actions[said.subject] = Action(said.subject, day, said.decision, said.due)


def _statement(facts: Facts, entry: Entry, said: events.StatementMade, day: date) -> None:
    facts.statements[said.subject] = Statement(
        id=said.subject,
        day=day,
        place=said.place,
        engagement=said.engagement,
        decision=said.decision,
        body=said.body,
        cites=said.cites,
        interface=said.interface,
    )


def _promised(facts: Facts, entry: Entry, said: events.DatePromised, day: date) -> None:
    facts.promised[said.subject] = Dated(said.subject, day, said.place, said.engagement, said.due)


def _tallied(facts: Facts, entry: Entry, said: events.PollTallied, day: date) -> None:
    facts.polls[said.subject] = Poll(said.subject, said.place, said.engagement)
    facts.tallied.add(said.subject, day, entry.index, said)


def _survey(facts: Facts, entry: Entry, said: events.SurveyHeld, day: date) -> None:
    facts.surveys.append(
        Total(
            said.subject, day, said.place, said.engagement, said.invited, said.replied, said.agree
        )
    )


def _support_needs(facts: Facts, entry: Entry, said: events.SupportNeedsMet, day: date) -> None:
    facts.support_needs.append(
        Total(said.subject, day, said.place, said.engagement, said.made, said.made, said.met)
    )


def _gathered(facts: Facts, entry: Entry, said: events.GatheredUnderIssue, day: date) -> None:
    facts.gathered.add(said.subject, day, entry.index, said.issue)
    if said.subject in facts.contributions:
        facts.contributions[said.subject].moved = True


def _told(history: str, what: Callable[[Any], Any] = lambda said: True) -> Learn:
    """A fact about the subject, kept with its day in the history of that name."""

    def learn(facts: Facts, entry: Entry, said: Any, day: date) -> None:
        getattr(facts, history).add(said.subject, day, entry.index, what(said))

    return learn


def _tag(facts: Facts, entry: Entry, said: events.PolicyTagged, day: date) -> None:
    facts.tagged.add(said.subject, day, entry.index, (said.challenges, entry.actor))


_LEARN: dict[type[Event], Learn] = {
    events.PlaceAdded: _place,
    events.OrganisationAdded: _organisation,
    events.IssueOpened: _issue,
    events.ContributionMade: _contribution,
    events.GatheredUnderIssue: _gathered,
    events.JoinedToCampaign: _told("joined", lambda said: said.first),
    events.PolicyTagged: _tag,
    events.ContributionWithdrawn: _told("withdrawn"),
    events.ContributionHidden: _told("hidden"),
    events.ContributionShown: _told("hidden", lambda said: False),
    events.WordsErased: _told("erased"),
    events.EngagementOpened: _engagement,
    events.EngagementExtended: _told("extended", lambda said: said.closes),
    events.OptionsFixed: _told("options_fixed", lambda said: said.fixed),
    events.AppraisalRecorded: _told("appraised", lambda said: said),
    events.FeedbackGiven: _told("feedback", lambda said: said.given),
    events.DatePromised: _promised,
    events.DateMet: _told("met", lambda said: said.met),
    events.PollTallied: _tallied,
    events.VoteAnswered: _told("answered", lambda said: said),
    events.DecisionRecorded: _decision,
    events.CitationMade: _citation,
    events.CitationRemoved: _told("removed"),
    events.CitationDisputed: _disputed,
    events.CitationDisputeResolved: _dispute_resolved,
    events.DispositionGiven: _disposition,
    events.ReplyGiven: _reply,
    events.ReplyDisputeResolved: _told("replies_upheld", lambda said: said.upheld),
    events.ActionAgreed: _action,
    events.ActionClaimed: _told("claimed"),
    events.ActionConfirmed: _told("confirmed"),
    events.StatementMade: _statement,
    events.StatementReportedBack: _told("reported_back"),
    events.SurveyHeld: _survey,
    events.SupportNeedsMet: _support_needs,
}
