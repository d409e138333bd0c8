"""What became of what people said, in a bundle: replies, decisions, citations, actions, and what
representatives carried."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from coprod import decisions, replies, representation
from coprod.contributions import Contribution
from coprod.decisions import AMENDING, Action, Citation, Decision
from coprod.events import Effect, Outcome, Reason, ReplyOutcome
from coprod.importing.bringing import Bringing
from coprod.importing.report import Report
from coprod.importing.tables import BadRow, Row, Shape, needed
from coprod.replies import Reply
from coprod.representation import CITES_MAX, Statement
from coprod.text import from_html

REPLIES = Shape(
    ("contribution", "given"), ("body", "outcome", "reason_codes", "text", "reasoned", "id")
)
DECISIONS = Shape(
    ("id", "body", "title", "paper_final", "decided"), ("issue", "engagement", "outcome", "text")
)
CITATIONS = Shape(("decision", "contribution", "effect"), ("quote", "before", "after", "dispute"))
ACTIONS = Shape(("id", "decision", "due"), ("title", "owner", "claimed", "confirmed"))
STATEMENTS = Shape(
    ("id", "representative", "said"), ("organisation", "decision", "cites", "reported_back")
)
DISPUTES = ("open", "upheld", "dismissed")
_INTERFACE = re.compile(r"\bTSI\b|\bthird sector interface\b", re.IGNORECASE)


@dataclass(frozen=True)
class Answered:
    row: Row
    contribution: str
    given: datetime
    body: str | None
    outcome: ReplyOutcome | None
    reasons: tuple[Reason, ...]
    text: str
    reasoned: bool | None


def answered(row: Row) -> Answered:
    try:
        reasons = tuple(Reason(code) for code in row.get("reason_codes").split())
    except ValueError:
        raise BadRow(f"reason_codes: each is one of {', '.join(Reason)}") from None
    return Answered(
        row=row,
        contribution=needed("contribution", row.link("contribution", "contributions")),
        given=needed("given", row.past("given")),
        body=row.link("body", "bodies"),
        outcome=row.choice("outcome", ReplyOutcome),
        reasons=reasons,
        text=from_html(row.get("text")),
        reasoned=row.yes("reasoned"),
    )


@dataclass(frozen=True)
class Decided:
    row: Row
    id: str
    body: str
    issue: str | None
    engagement: str | None
    title: str
    outcome: Outcome | None
    paper_final: date
    decided: datetime
    text: str


def decided(row: Row) -> Decided:
    final, taken = (
        needed("paper_final", row.day("paper_final")),
        needed("decided", row.past("decided")),
    )
    if final > needed("decided", row.day("decided")):
        raise BadRow("paper_final: the paper was final only after the decision")
    return Decided(
        row=row,
        id=row.get("id"),
        body=needed("body", row.link("body", "bodies")),
        issue=row.link("issue", "issues"),
        engagement=row.link("engagement", "engagements"),
        title=needed("title", " ".join(from_html(row.get("title")).split())),
        outcome=row.choice("outcome", Outcome),
        paper_final=final,
        decided=taken,
        text=from_html(row.get("text")),
    )


@dataclass(frozen=True)
class Cited:
    row: Row
    decision: str
    contribution: str
    effect: Effect
    quote: str
    before: str
    after: str
    dispute: str | None


def cited(row: Row) -> Cited:
    before, after = from_html(row.get("before")), from_html(row.get("after"))
    if bool(before) != bool(after):
        raise BadRow("before and after: give both, or neither")
    dispute = row.get("dispute")
    if dispute and dispute not in DISPUTES:
        raise BadRow(f'dispute: "{dispute[:60]}" is not one of {", ".join(DISPUTES)}')
    return Cited(
        row=row,
        decision=needed("decision", row.link("decision", "decisions")),
        contribution=needed("contribution", row.link("contribution", "contributions")),
        effect=needed("effect", row.choice("effect", Effect)),
        quote=from_html(row.get("quote")),
        before=before,
        after=after,
        dispute=dispute or None,
    )


@dataclass(frozen=True)
class Agreed:
    row: Row
    id: str
    decision: str
    title: str
    owner: str
    due: date
    claimed: bool
    confirmed: bool


def agreed(row: Row) -> Agreed:
    return Agreed(
        row=row,
        id=row.get("id"),
        decision=needed("decision", row.link("decision", "decisions")),
        title=" ".join(from_html(row.get("title")).split()),
        owner=row.get("owner"),
        due=needed("due", row.day("due")),
        claimed=bool(row.yes("claimed")),
        confirmed=bool(row.yes("confirmed")),
    )


@dataclass(frozen=True)
class Stated:
    row: Row
    id: str
    representative: str
    organisation: str | None
    said: datetime
    decision: str | None
    cites: tuple[str, ...]
    reported_back: bool

    @property
    def interface(self) -> bool:
        """Whether it speaks for a third sector interface: its post says so."""
        return bool(_INTERFACE.search(self.representative))


def stated(row: Row) -> Stated:
    cites = row.links("cites", "contributions")
    if len(cites) > CITES_MAX:
        raise BadRow(f"cites: {CITES_MAX} contributions at most")
    return Stated(
        row=row,
        id=row.get("id"),
        representative=needed("representative", row.get("representative")),
        organisation=row.link("organisation", "organisations"),
        said=needed("said", row.past("said")),
        decision=row.link("decision", "decisions"),
        cites=cites,
        reported_back=bool(row.yes("reported_back")),
    )


def check_citations(rows: Sequence[Cited], report: Report) -> None:
    """One citation of a contribution in a decision: which words, and what they did."""
    first: dict[tuple[str, str], int] = {}
    for each in rows:
        line = first.setdefault((each.decision, each.contribution), each.row.line)
        if line != each.row.line:
            report.refuse(each.row.file, each.row.line, f"line {line} has this citation already")


def bring_replies(
    bringing: Bringing, rows: Sequence[Answered], made: Mapping[str, Contribution]
) -> None:
    for each in bringing.each("replies", rows):
        reply = Reply(
            contribution_id=made[each.contribution].id,
            body_id=bringing.find("bodies", each.body),
            outcome=each.outcome,
            reasons=replies.codes(each.reasons),
            text=each.text,
            stated=each.reasoned,
        )
        with bringing.taking(each.row):
            replies.bring_in(reply, bringing.importer, origin=bringing.origin(each.given))


def bring_decisions(
    bringing: Bringing, rows: Sequence[Decided], places: Places
) -> dict[str, Decision]:
    made = {}
    for each in bringing.each("decisions", rows):
        if each.outcome is None:
            bringing.report.note(
                each.row.file, each.row.line, 'outcome is empty: taken to be "approved"'
            )
        decision = Decision(
            body_id=bringing.id_of("bodies", each.body),
            outcome=each.outcome or Outcome.APPROVED,
            title=each.title,
            text=each.text,
            reasons="",
            paper_final=each.paper_final,
            decided=each.row.day("decided") or each.paper_final,
            place_id=bringing.find("places", places.of(each)),
            issue_id=bringing.find("issues", each.issue),
            engagement_id=bringing.find("engagements", each.engagement),
        )
        with bringing.taking(each.row):
            decisions.bring_in(decision, bringing.importer, origin=bringing.origin(each.decided))
        made[each.id] = decision
        bringing.keep("decisions", each.id, decision.id)
    return made


@dataclass(frozen=True)
class Places:
    """Where engagements, conversations and bodies of the source belong, by their ids there."""

    engagements: Mapping[str, str]
    issues: Mapping[str, str]
    bodies: Mapping[str, str | None]

    def of(self, each: Decided) -> str | None:
        """That of its engagement, else its conversation, else its body."""
        if each.engagement is not None:
            return self.engagements[each.engagement]
        return self.issues[each.issue] if each.issue is not None else self.bodies[each.body]


def bring_citations(
    bringing: Bringing,
    rows: Sequence[Cited],
    made: Mapping[str, Contribution],
    taken: Mapping[str, Decided],
) -> None:
    """As the source has them: quotes that do not occur, and words that came too late, as well."""
    for each in bringing.each("citations", rows):
        if each.effect in AMENDING and not each.before:
            bringing.report.note(
                each.row.file, each.row.line, "it says the text changed, without before and after"
            )
        citation = Citation(
            decision_id=bringing.id_of("decisions", each.decision),
            contribution_id=made[each.contribution].id,
            effect=each.effect,
            quote=each.quote,
            before=each.before or None,
            after=each.after or None,
        )
        with bringing.taking(each.row):
            decisions.bring_in_citation(
                citation,
                bringing.importer,
                origin=bringing.origin(taken[each.decision].decided),
                dispute=each.dispute,
            )


def bring_actions(bringing: Bringing, rows: Sequence[Agreed], taken: Mapping[str, Decided]) -> None:
    for each in bringing.each("actions", rows):
        action = Action(
            decision_id=bringing.id_of("decisions", each.decision),
            title=each.title,
            owner=each.owner,
            due=each.due,
        )
        with bringing.taking(each.row):
            decisions.bring_in_action(
                action,
                bringing.importer,
                origin=bringing.origin(taken[each.decision].decided),
                claimed=each.claimed,
                confirmed=each.confirmed,
            )
        bringing.keep("actions", each.id, action.id)


def bring_statements(
    bringing: Bringing, rows: Sequence[Stated], made: Mapping[str, Decision]
) -> None:
    """A source says whether people were told, not when: taken to be the day it was said."""
    for each in bringing.each("statements", rows):
        statement = Statement(
            representative=each.representative,
            said_at=each.said,
            organisation_id=bringing.find("organisations", each.organisation),
            interface=each.interface,
            reported_back_at=each.said if each.reported_back else None,
        )
        with bringing.taking(each.row):
            representation.bring_in(
                statement,
                bringing.importer,
                origin=bringing.origin(each.said),
                cites=[bringing.id_of("contributions", c) for c in each.cites],
                decision=made[each.decision] if each.decision else None,
            )
        bringing.keep("statements", each.id, statement.id)
