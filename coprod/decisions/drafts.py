"""A decision being written: its officer's own, kept on the server so that nothing typed is lost.

A draft is not an act, and leaves nothing on the record. Each part is checked as it is put in, with
the rules that will hold when it is recorded, so that a refusal stands beside what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, or_, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from coprod import bodies, clock, contributions, issues, permissions, places
from coprod.bodies import Body, Meeting
from coprod.db import Thing, session, transaction
from coprod.decisions.model import Decision
from coprod.decisions.recording import record
from coprod.decisions.saying import (
    Agreed,
    Cited,
    Rest,
    Ruling,
    Unused,
    check_action,
    check_meeting,
    check_quotable,
    check_quote,
    check_rest,
    tidied,
)
from coprod.errors import NotFound, Refused
from coprod.events import Disposition, Effect, Outcome, Reason
from coprod.identity import Person
from coprod.issues import Issue
from coprod.permissions import MAY, Do

CITED_MAX = 200  # citations in one decision; the largest real one known has 60


class DecisionDraft(Thing):
    """What an officer has put in so far. `decision_id`: it has been recorded, as that decision."""

    __tablename__ = "decision_drafts"
    __table_args__ = (
        CheckConstraint("(outcome IS NULL) = (paper_final IS NULL)", name="ruling_together"),
    )

    officer_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    body_id: Mapped[UUID] = mapped_column(ForeignKey("bodies.id"), index=True)
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meetings.id"), index=True)
    issue_id: Mapped[UUID] = mapped_column(ForeignKey("issues.id"), index=True)
    engagement_id: Mapped[UUID | None] = mapped_column(ForeignKey("engagements.id"), default=None)
    reverses_id: Mapped[UUID | None] = mapped_column(ForeignKey("decisions.id"), default=None)
    outcome: Mapped[Outcome | None] = mapped_column(default=None)
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    reasons: Mapped[str] = mapped_column(default="")
    paper: Mapped[str] = mapped_column(default="")
    paper_final: Mapped[date | None] = mapped_column(default=None)
    cited: Mapped[dict[str, Any]] = mapped_column(
        JSON, default_factory=dict, comment="by contribution: effect, quote, before, after"
    )
    unused: Mapped[dict[str, Any]] = mapped_column(
        JSON, default_factory=dict, comment="by contribution: disposition, reasons, because"
    )
    rest: Mapped[dict[str, Any] | None] = mapped_column(JSON, default=None)
    actions: Mapped[list[Any]] = mapped_column(JSON, default_factory=list)
    started_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    saved_at: Mapped[datetime] = mapped_column(default_factory=clock.now)
    decision_id: Mapped[UUID | None] = mapped_column(ForeignKey("decisions.id"), default=None)

    officer: Mapped[Person] = relationship(lazy="raise", init=False)
    body: Mapped[Body] = relationship(lazy="raise", init=False)
    meeting: Mapped[Meeting] = relationship(lazy="raise", init=False)
    issue: Mapped[Issue] = relationship(lazy="raise", init=False)
    decision: Mapped[Decision | None] = relationship(
        lazy="raise", init=False, foreign_keys=[decision_id]
    )

    @property
    def ruling(self) -> Ruling | None:
        """What was decided, once it has been put in."""
        if self.outcome is None or self.paper_final is None:
            return None
        return Ruling(
            outcome=self.outcome,
            title=self.title,
            text=self.text,
            reasons=self.reasons,
            paper=self.paper,
            paper_final=self.paper_final,
        )

    @property
    def picked(self) -> list[UUID]:
        """The contributions it will cite, in the order in which they were picked."""
        return [UUID(key) for key in self.cited]

    @property
    def citations(self) -> list[Cited]:
        """Those of them whose quotation is complete."""
        return [
            Cited(
                contribution_id=UUID(key),
                effect=Effect(said["effect"]),
                quote=said["quote"],
                before=said["before"],
                after=said["after"],
            )
            for key, said in self.cited.items()
            if said
        ]

    @property
    def next_to_quote(self) -> UUID | None:
        """The first picked contribution that has no quotation yet."""
        return next((UUID(key) for key, said in self.cited.items() if not said), None)

    @property
    def for_the_rest(self) -> Rest | None:
        """What becomes of everything neither cited nor set aside by itself."""
        return None if self.rest is None else Rest(**_rest(self.rest))

    @property
    def set_aside(self) -> list[Unused]:
        """What becomes of single contributions."""
        return [
            Unused(contribution_id=UUID(key), **_rest(said)) for key, said in self.unused.items()
        ]

    @property
    def agreed(self) -> list[Agreed]:
        """What will be done."""
        return [
            Agreed(title=a["title"], owner=a["owner"], due=date.fromisoformat(a["due"]))
            for a in self.actions
        ]


def deciding(officer_id: UUID) -> Sequence[Body]:
    """The bodies whose decisions this person may record, by name."""
    roles = [r for r in permissions.roles_of(officer_id) if r.role in MAY[Do.DECIDE]]
    query = select(Body).options(joinedload(Body.place)).order_by(Body.name)
    if not any(role.place_id is None and role.body_id is None for role in roles):
        granted = [role.place_id for role in roles if role.place_id is not None]
        own = [role.body_id for role in roles if role.body_id is not None]
        query = query.where(or_(Body.id.in_(own), Body.place_id.in_(places.all_within(granted))))
    return session.scalars(query).all()


def start(
    officer_id: UUID,
    *,
    body_id: UUID,
    meeting_id: UUID,
    issue_id: UUID,
    engagement_id: UUID | None = None,
    reverses_id: UUID | None = None,
) -> DecisionDraft:
    """Begin to write a decision down. Raises NotAllowed; Refused for a meeting not yet held."""
    with transaction():
        body = bodies.get(body_id)
        permissions.require(officer_id, Do.DECIDE, place_id=body.place_id, body_id=body_id)
        check_meeting(bodies.meeting(meeting_id), body_id)
        issues.get(issue_id)
        draft = DecisionDraft(
            officer_id=officer_id,
            body_id=body_id,
            meeting_id=meeting_id,
            issue_id=issue_id,
            engagement_id=engagement_id,
            reverses_id=reverses_id,
        )
        session.add(draft)
    return draft


def draft(officer_id: UUID, draft_id: UUID) -> DecisionDraft:
    """One's own draft, with body, meeting and issue. Raises NotFound, also for another's."""
    return _own(officer_id, draft_id, lock=False)


def drafts(officer_id: UUID) -> Sequence[DecisionDraft]:
    """One's own drafts that are not recorded yet, the last touched first, with body and issue."""
    return session.scalars(
        select(DecisionDraft)
        .where(DecisionDraft.officer_id == officer_id, DecisionDraft.decision_id.is_(None))
        .options(joinedload(DecisionDraft.body), joinedload(DecisionDraft.issue))
        .order_by(DecisionDraft.saved_at.desc(), DecisionDraft.id)
        .limit(50)
    ).all()


def put_ruling(officer_id: UUID, draft_id: UUID, ruling: Ruling) -> None:
    """Put in what was decided and why. Raises Refused, for the field."""
    ruling = tidied(ruling)
    with transaction():
        held = _hold(officer_id, draft_id)
        check_meeting(held.meeting, held.body_id, ruling.paper_final)
        held.outcome, held.paper_final = ruling.outcome, ruling.paper_final
        held.title, held.text, held.reasons = ruling.title, ruling.text, ruling.reasons
        held.paper = ruling.paper


def pick(officer_id: UUID, draft_id: UUID, ids: Sequence[UUID], among: Sequence[UUID]) -> None:
    """Choose, of the contributions `among` which the choice was offered, those to cite.

    Those picked elsewhere stay. Raises Refused for what the decision cannot rest on.
    """
    with transaction():
        held = _hold(officer_id, draft_id)
        kept = [str(key) for key in held.picked if key not in set(among)]
        new = [str(key) for key in ids]
        if len(kept) + len(new) > CITED_MAX:
            raise Refused(f"Cite {CITED_MAX} or fewer in one decision", "ids")
        for key in set(new) - held.cited.keys():
            check_quotable(contributions.get(UUID(key)), officer_id, held.paper_final)
        held.cited = {key: held.cited.get(key) for key in dict.fromkeys([*kept, *new])}


def put_quote(officer_id: UUID, draft_id: UUID, cited: Cited) -> None:
    """Put in what was quoted from one contribution, and what it did. Raises Refused, by field."""
    with transaction():
        held = _hold(officer_id, draft_id)
        said = contributions.get(cited.contribution_id)
        check_quotable(said, officer_id, held.paper_final)
        check_quote(cited, said)
        held.cited = held.cited | {
            str(said.id): {
                "effect": cited.effect.value,
                "quote": cited.quote,
                "before": cited.before,
                "after": cited.after,
            }
        }


def drop_quote(officer_id: UUID, draft_id: UUID, contribution_id: UUID) -> None:
    """Cite it no more."""
    with transaction():
        held = _hold(officer_id, draft_id)
        held.cited = {key: said for key, said in held.cited.items() if key != str(contribution_id)}


def put_rest(officer_id: UUID, draft_id: UUID, rest: Rest) -> None:
    """Say what becomes of everything else. Raises Refused without a reason."""
    check_rest(rest)
    with transaction():
        _hold(officer_id, draft_id).rest = _kept(rest)


def set_aside(officer_id: UUID, draft_id: UUID, unused: Unused) -> None:
    """Say what becomes of one contribution. Raises Refused without a reason."""
    check_rest(unused)
    with transaction():
        held = _hold(officer_id, draft_id)
        held.unused = held.unused | {str(unused.contribution_id): _kept(unused)}


def add_action(officer_id: UUID, draft_id: UUID, agreed: Agreed) -> None:
    """Add something that will be done. Raises Refused, for the field."""
    with transaction():
        held = _hold(officer_id, draft_id)
        check_action(agreed, clock.local_date(held.meeting.held_at))
        kept = {"title": agreed.title, "owner": agreed.owner, "due": agreed.due.isoformat()}
        held.actions = [*held.actions, kept]


def drop_action(officer_id: UUID, draft_id: UUID, number: int) -> None:
    """Take the action of that number, from 0, out again."""
    with transaction():
        held = _hold(officer_id, draft_id)
        held.actions = [each for at, each in enumerate(held.actions) if at != number]


def record_draft(officer_id: UUID, draft_id: UUID) -> Decision:
    """Record it, once: sent again, the same decision comes back. Raises as `record` does."""
    with transaction():
        held = _hold(officer_id, draft_id, recorded=True)
        if held.decision_id is not None:
            return session.get_one(Decision, held.decision_id)
        ruling = held.ruling
        if ruling is None:
            raise Refused("First say what was decided.")
        if held.next_to_quote is not None:
            raise Refused("You picked something to cite without quoting it yet.")
        cited = set(held.picked)
        made = record(
            officer_id,
            held.body_id,
            ruling=ruling,
            meeting_id=held.meeting_id,
            issue_id=held.issue_id,
            engagement_id=held.engagement_id,
            reverses_id=held.reverses_id,
            citations=held.citations,
            unused=[one for one in held.set_aside if one.contribution_id not in cited],
            rest=held.for_the_rest,
            actions=held.agreed,
        )
        session.flush()
        held.decision_id = made.id
    return made


def discard(officer_id: UUID, draft_id: UUID) -> None:
    """Throw one's own draft away."""
    with transaction():
        session.delete(_hold(officer_id, draft_id))


def _rest(said: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "disposition": Disposition(said["disposition"]),
        "reasons": [Reason(code) for code in said["reasons"]],
        "because": said["because"],
    }


def _kept(rest: Rest) -> dict[str, Any]:
    return {
        "disposition": rest.disposition.value,
        "reasons": [reason.value for reason in rest.reasons],
        "because": rest.because,
    }


def _hold(officer_id: UUID, draft_id: UUID, *, recorded: bool = False) -> DecisionDraft:
    held = _own(officer_id, draft_id, lock=True)
    if held.decision_id is not None and not recorded:
        raise Refused("This decision is on the record, and is not changed any more.")
    held.saved_at = clock.now()
    return held


def _own(officer_id: UUID, draft_id: UUID, *, lock: bool) -> DecisionDraft:
    query = (
        select(DecisionDraft)
        .where(DecisionDraft.id == draft_id, DecisionDraft.officer_id == officer_id)
        .options(
            joinedload(DecisionDraft.body),
            joinedload(DecisionDraft.meeting),
            joinedload(DecisionDraft.issue),
        )
    )
    if lock:
        query = query.with_for_update(of=DecisionDraft).execution_options(populate_existing=True)
    found = session.scalars(query).first()
    if found is None:
        raise NotFound("There is no such draft.")
    return found
