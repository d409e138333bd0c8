"""Findings that raise themselves, each with what it rests on, and the body's right of reply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from coprod.insight.agenda import Agenda
from coprod.insight.figures import Counted, Gap, Rows, Share
from coprod.insight.promises import claimed_only
from coprod.insight.rules import (
    EPISODES,
    IN_TIME_LEAST,
    PROMISE_GAP,
    REPLY_GAP_DAYS,
    RULES,
    Severity,
)
from coprod.insight.scope import Extent
from coprod.insight.sectors import STAFF
from coprod.insight.standards import Profile
from coprod.insight.statistics import FEW, Label
from coprod.insight.votes import Votes
from coprod.insight.within import Within

Said = Mapping[str, int | str]


@dataclass(frozen=True)
class Alert:
    """`subject` is what it is about, None for the scope itself; `body` who may reply, if anyone.

    `rests_on` is what shows it, `rows` their ids. `label` is that of the figure behind it, None
    where it is a plain fact. `public`: the body has had its ten working days; about no body: at
    once. `public_from` is the day that is, or was; None if not worked out.
    """

    code: str
    severity: Severity
    subject: UUID | None = None
    body: UUID | None = None
    rests_on: Sequence[Counted] = field(default=(), repr=False, hash=False)
    data: Said = field(default_factory=dict, hash=False)
    label: Label | None = None
    public: bool = False
    public_from: date | None = None

    @property
    def key(self) -> str:
        """Names this finding from one day to the next, whatever its numbers."""
        return self.code if self.subject is None else f"{self.code}:{self.subject}"

    @property
    def rows(self) -> Rows:
        return tuple(one.id for one in self.rests_on)

    @property
    def sentence(self) -> str:
        return RULES[self.code].sentence.format(**self.data)


def _alert(
    code: str,
    subject: UUID | None = None,
    body: UUID | None = None,
    rests_on: Sequence[Counted] = (),
    label: Label | None = None,
    **data: int | str,
) -> Alert:
    return Alert(code, RULES[code].severity, subject, body, rests_on, data, label)


def alerts(
    within: Within, profile: Profile, agenda: Agenda, votes: Votes, shares: list[Share]
) -> list[Alert]:
    """Everything that raises itself, most severe first. Notes on starting out are not here."""
    found = [
        *_citations(within),
        *_engagements(within, profile),
        *_actions(within),
        *_replies(within, profile),
        *_issues(within, agenda),
        *_coverage(within, profile),
        *_statements(within, profile),
        *_votes(votes),
        *_gaps(within, profile),
        *_notes(profile, shares),
    ]
    order = list(Severity)
    return sorted(found, key=lambda alert: order.index(alert.severity))


def _citations(within: Within) -> Iterator[Alert]:
    for made in within.papers:
        cited = within.citations(made)
        false = [one for one in cited if not one.genuine]
        if false and not any(one.genuine and one.community for one in cited):
            yield _alert(
                "false_citation",
                made.id,
                made.body,
                [one.citation for one in false],
                false=len(false),
                cited=len(cited),
            )


def _engagements(within: Within, profile: Profile) -> Iterator[Alert]:
    for opened in within.engagements:
        fixed = within.facts.fixed(opened, within.at)
        if fixed is not None and fixed < opened.opens:
            early = (opened.opens - fixed).days
            yield _alert("options_fixed_first", opened.id, opened.body, (opened,), days=early)
    for one in profile.promises.engagements:
        if one.gap is not None and one.delivered is not None and one.gap <= PROMISE_GAP:
            yield _alert(
                "promise_gap",
                one.engagement,
                one.body,
                (within.facts.engagements[one.engagement],),
                promised=one.promised,
                delivered=one.delivered,
            )


def _actions(within: Within) -> Iterator[Alert]:
    for agreed in claimed_only(within):
        body = within.facts.decisions[agreed.decision].body
        days = (within.at - agreed.due).days
        yield _alert("claimed_not_done", agreed.id, body, (agreed,), days=days)


def _replies(within: Within, profile: Profile) -> Iterator[Alert]:
    replies, body = profile.replies, _scope_body(within)
    in_time = replies.in_time
    if in_time.n >= FEW and (in_time.value or 0) < IN_TIME_LEAST:
        yield _alert(
            "late_replies", None, body, in_time.of, in_time.label, x=in_time.x, n=in_time.n
        )
    staff, residents = (replies.wait_by_sector.get(group) for group in (STAFF, "COM"))
    if staff is None or residents is None or staff.median is None:
        return
    # Half of residents may still be waiting: then their median is later than anyone was watched.
    median = residents.median if residents.median is not None else residents.longest
    if median is not None and median - staff.median >= REPLY_GAP_DAYS:
        words = str(median) if residents.median is not None else f"more than {median}"
        few = Label.TOO_FEW if min(staff.n, residents.n) < FEW else None
        yield _alert(
            "reply_gap", None, body, replies.waiting, few, staff=staff.median, residents=words
        )


def _issues(within: Within, agenda: Agenda) -> Iterator[Alert]:
    for story in agenda.issues:
        if not story.decided and story.episodes >= EPISODES:
            yield _alert(
                "same_conversations",
                story.issue,
                within.issue_body(story.issue),
                story.said,
                episodes=story.episodes,
                days=story.age_days,
            )


def _coverage(within: Within, profile: Profile) -> Iterator[Alert]:
    claimed, genuine = profile.influence.claimed, profile.influence.provenance
    if claimed.x > genuine.x:
        yield _alert(
            "claimed_more",
            None,
            _scope_body(within),
            [decision for decision in claimed.among if decision not in genuine.among],
            genuine.label,
            claimed=claimed.x,
            genuine=genuine.x,
            n=claimed.n,
        )


def _statements(within: Within, profile: Profile) -> Iterator[Alert]:
    for made in profile.representation.ungrounded:
        decision = within.facts.decisions.get(made.decision) if made.decision else None
        body = made.body or (decision.body if decision is not None else None)
        yield _alert("own_view", made.id, body, (made,))


def _votes(votes: Votes) -> Iterator[Alert]:
    for one in votes.overridden:
        if not one.explained:
            severity = Severity.RED if one.binding else Severity.AMBER
            yield Alert("vote_overridden", severity, one.poll, one.body)


def _gaps(within: Within, profile: Profile) -> Iterator[Alert]:
    influence, body = profile.influence, _scope_body(within)
    picked = influence.cherry_pick
    if picked is not None and picked.interval[0] > 0:
        yield _gap("cherry_picking", picked, body, "aligned", "challenging")
    if influence.sector_gap is not None and influence.sector_gap.excludes_zero:
        yield _gap("sector_gap", influence.sector_gap, body, "residents", "staff")
    if influence.place_gap is not None and influence.place_gap.excludes_zero:
        yield _gap("place_gap", influence.place_gap, body, "high", "low")


def _gap(code: str, gap: Gap, body: UUID | None, one: str, two: str) -> Alert:
    numbers = {one: gap.first.x, f"{one}_n": gap.first.n}
    numbers |= {two: gap.second.x, f"{two}_n": gap.second.n}
    return _alert(code, None, body, [*gap.first.of, *gap.second.of], gap.label, **numbers)


def _notes(profile: Profile, shares: list[Share]) -> Iterator[Alert]:
    few = [share.code for share in shares if 0 < share.n < FEW]
    if few:
        yield _alert("too_few", count=len(few), codes=", ".join(few), label=Label.TOO_FEW)
    if disputes := profile.influence.open_disputes:
        yield _alert("disputes_open", rests_on=disputes, count=len(disputes))


def _scope_body(within: Within) -> UUID | None:
    """Who may reply to a figure on the whole scope; nobody in particular for a place or a site."""
    if within.scope.extent is Extent.BODY:
        return within.scope.id
    if within.scope.extent is Extent.ENGAGEMENT and within.scope.id is not None:
        opened = within.facts.engagements.get(within.scope.id)
        return None if opened is None else opened.body
    return None
