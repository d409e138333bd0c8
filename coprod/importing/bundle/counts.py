"""What a bundle counts: votes, dates that were promised, surveys, requests for help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from coprod import clock, engagements, voting
from coprod.engagements import Engagement
from coprod.events import PromisedDateKind
from coprod.importing.bringing import Bringing
from coprod.importing.report import Report
from coprod.importing.tables import BadRow, Row, Shape, needed

POLLS = Shape(
    ("poll", "engagement", "option", "votes"),
    ("method", "body_rank", "adopted", "reasons_published"),
)
BALLOTS = Shape(("poll", "voter", "option"), ("value",))
PROMISED_DATES = Shape(("what", "due", "kept"))
SURVEYS = Shape(("invited", "replied", "agree"), ("engagement",))
SUPPORT_REQUESTS = Shape(("made", "met"), ("engagement",))
NOON = time(12)


@dataclass(frozen=True)
class Choice:
    """One option of a poll."""

    row: Row
    poll: str
    engagement: str
    method: str
    option: str
    votes: int
    rank: int | None
    adopted: bool
    reasons: bool


def choice(row: Row) -> Choice:
    return Choice(
        row=row,
        poll=needed("poll", row.get("poll")),
        engagement=needed("engagement", row.link("engagement", "engagements")),
        method=row.get("method") or "approval",
        option=needed("option", row.get("option")),
        votes=needed("votes", row.number("votes")),
        rank=row.number("body_rank", low=1),
        adopted=bool(row.yes("adopted")),
        reasons=bool(row.yes("reasons_published")),
    )


@dataclass(frozen=True)
class Ballot:
    """What one voter says of one option; `value` is 1 where the source gives none."""

    row: Row
    poll: str
    voter: str
    option: str
    value: int


def ballot(row: Row) -> Ballot:
    value = row.number("value")
    return Ballot(
        row=row,
        poll=needed("poll", row.get("poll")),
        voter=needed("voter", row.get("voter")),
        option=needed("option", row.get("option")),
        value=1 if value is None else value,
    )


@dataclass(frozen=True)
class Promised:
    """`engagement` and `kind` where `what` is the id of an engagement and one of the two words."""

    row: Row
    what: str
    due: date
    kept: bool
    engagement: str | None
    kind: PromisedDateKind


def promised(row: Row) -> Promised:
    what = needed("what", row.get("what"))
    about, _, kind = what.rpartition(" ")
    known = about in row.ids.get("engagements", {}) and kind in {"feedback", "decision"}
    return Promised(
        row=row,
        what=what,
        due=needed("due", row.day("due")),
        kept=needed("kept", row.yes("kept")),
        engagement=about if known else None,
        kind=PromisedDateKind(kind) if known else PromisedDateKind.OTHER,
    )


@dataclass(frozen=True)
class Surveyed:
    row: Row
    engagement: str | None
    invited: int
    replied: int
    agree: int


def surveyed(row: Row) -> Surveyed:
    invited = needed("invited", row.number("invited"))
    replied = needed("replied", row.number("replied"))
    agree = needed("agree", row.number("agree"))
    if not agree <= replied <= invited:
        raise BadRow("no more can agree than replied, nor reply than were invited")
    return Surveyed(row, row.link("engagement", "engagements"), invited, replied, agree)


@dataclass(frozen=True)
class Requested:
    row: Row
    engagement: str | None
    made: int
    met: int


def requested(row: Row) -> Requested:
    made, met = needed("made", row.number("made")), needed("met", row.number("met"))
    if met > made:
        raise BadRow("met: more than were made")
    return Requested(row, row.link("engagement", "engagements"), made, met)


def check_polls(rows: Sequence[Choice], ballots: Sequence[Ballot], report: Report) -> None:
    """One engagement and one method to a poll, each option once, ranks for all or for none."""
    for name, choices in by_poll(rows).items():
        first, seen = choices[0], set[str]()
        ranked = [each.rank for each in choices if each.rank is not None]
        for each in choices:
            if (each.engagement, each.method) != (first.engagement, first.method):
                _refuse(report, each.row, f'poll "{name}" has another engagement or method above')
            if each.option in seen:
                _refuse(report, each.row, f'poll "{name}" has this option above')
            seen.add(each.option)
        if ranked and sorted(ranked) != list(range(1, len(choices) + 1)):
            _refuse(
                report, first.row, f'body_rank: poll "{name}" needs 1 to {len(choices)}, or none'
            )
        if len(choices) > voting.OPTIONS_MAX:
            _refuse(report, first.row, f"a poll has {voting.OPTIONS_MAX} options at most")
    _check_ballots(rows, ballots, report)


def _check_ballots(rows: Sequence[Choice], ballots: Sequence[Ballot], report: Report) -> None:
    """Ballots, where a poll has any, add up to its votes; each voter names an option once."""
    votes = {(each.poll, each.option): each for each in rows}
    seen: dict[tuple[str, str, str], int] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for each in ballots:
        if (each.poll, each.option) not in votes:
            _refuse(report, each.row, "there is no such poll and option in polls.csv")
            continue
        line = seen.setdefault((each.poll, each.voter, each.option), each.row.line)
        if line != each.row.line:
            _refuse(report, each.row, f"line {line} has this voter's vote for it already")
        counted[each.poll, each.option] += each.value
    with_ballots = {each.poll for each in ballots}
    for key, told in votes.items():
        if told.poll in with_ballots and counted[key] != told.votes:
            _refuse(
                report, told.row, f"votes: {told.votes}, but its ballots come to {counted[key]}"
            )


def by_poll(rows: Sequence[Choice]) -> dict[str, list[Choice]]:
    """The options of each poll, in the order of the file."""
    polls: dict[str, list[Choice]] = {}
    for each in rows:
        polls.setdefault(each.poll, []).append(each)
    return polls


def bring_polls(
    bringing: Bringing,
    rows: Sequence[Choice],
    ballots: Sequence[Ballot],
    held: Mapping[str, Engagement],
) -> None:
    """Their tallies. Who voted for what is not kept, here as in our own votes."""
    voters: dict[str, set[str]] = {}
    for each in ballots:
        voters.setdefault(each.poll, set()).add(each.voter)
    for name, choices in bringing.each("votes", list(by_poll(rows).items())):
        engagement = held[choices[0].engagement]
        with bringing.taking(choices[0].row):
            poll = voting.bring_in_tally(
                bringing.importer,
                engagement,
                method=choices[0].method,
                options=[
                    voting.Told(
                        title=each.option,
                        votes=each.votes,
                        rank=each.rank,
                        adopted=each.adopted,
                    )
                    for each in choices
                ],
                reasons=any(each.reasons for each in choices),
                ballots=len(voters[name]) if name in voters else None,
                origin=bringing.origin(engagement.closes_at or clock.now()),
            )
        bringing.keep("polls", name, poll.id)


def bring_dates(
    bringing: Bringing,
    rows: Sequence[Promised],
    held: Mapping[str, Engagement],
    latest: datetime,
) -> None:
    """Promised by the opening of their engagement, else by the latest act of the bundle.

    Where the source says that it was kept, the day it was due is taken to be the day.
    """
    linked = set()
    for each in bringing.each("promised dates", rows):
        about = (each.engagement, each.kind)
        engagement = held[each.engagement] if each.engagement and about not in linked else None
        linked.add(about)
        due = datetime.combine(each.due, NOON, clock.LONDON)
        made = engagements.promise_date(
            bringing.importer,
            kind=each.kind if engagement else PromisedDateKind.OTHER,
            due=each.due,
            engagement=engagement,
            about=each.what,
            on=min(due, (engagement and engagement.opens_at) or latest),
            imported=bringing.imported,
        )
        if each.kept:
            engagements.meet_date(
                made,
                bringing.importer,
                met=min(each.due, clock.today()),
                place_id=engagement.place_id if engagement else None,
                on=min(due, clock.now()),
            )


def bring_surveys(
    bringing: Bringing,
    rows: Sequence[Surveyed],
    held: Mapping[str, Engagement],
    latest: datetime,
) -> None:
    """Dated by the end of their engagement, else by the latest act of the bundle."""
    for each in bringing.each("surveys", rows):
        engagement = held[each.engagement] if each.engagement else None
        engagements.bring_in_survey(
            bringing.importer,
            invited=each.invited,
            replied=each.replied,
            agree=each.agree,
            on=_after(engagement, latest),
            imported=bringing.imported,
            engagement=engagement,
        )


def bring_requests(
    bringing: Bringing,
    rows: Sequence[Requested],
    held: Mapping[str, Engagement],
    latest: datetime,
) -> None:
    for each in bringing.each("counts of requests for help", rows):
        engagement = held[each.engagement] if each.engagement else None
        engagements.bring_in_support_requests(
            bringing.importer,
            made=each.made,
            met=each.met,
            on=_after(engagement, latest),
            imported=bringing.imported,
            engagement=engagement,
        )


def _after(engagement: Engagement | None, latest: datetime) -> datetime:
    closed = engagement.closes_at if engagement else None
    return closed or latest


def _refuse(report: Report, row: Row, reason: str) -> None:
    report.refuse(row.file, row.line, reason)
