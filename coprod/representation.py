"""What those who hold a seat for others said there, for whom, and whether they told them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from coprod import bodies, clock, permissions, record
from coprod.contributions import Contribution, Origin
from coprod.db import Base, Thing, session, transaction
from coprod.decisions import Decision
from coprod.errors import Changed, NotFound, Refused
from coprod.events import StatementMade, StatementReportedBack
from coprod.identity import Organisation
from coprod.permissions import Do
from coprod.record import Actor, Ref
from coprod.text import tidy

CITES_MAX = 80  # contributions a statement may rest on: its entry on the record must stay short


class Statement(Thing):
    """Something a representative said for others, and what people had said that it rests on.

    `representative` is the post, whoever holds it. `interface`: it speaks for a third sector
    interface, whose statements are counted apart. `reported_back_at`: when the people spoken for
    were told; None: not yet.
    """

    __tablename__ = "statements"
    __table_args__ = (
        CheckConstraint("reported_back_at >= said_at", name="told_after_it_was_said"),
    )

    representative: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("organisations.id"), index=True, default=None
    )
    decision_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("decisions.id"), index=True, default=None
    )
    interface: Mapped[bool] = mapped_column(default=False)
    reported_back_at: Mapped[datetime | None] = mapped_column(default=None)
    imported: Mapped[UUID | None] = mapped_column(default=None)

    organisation: Mapped[Organisation | None] = relationship(lazy="raise", init=False)
    decision: Mapped[Decision | None] = relationship(lazy="raise", init=False)
    grounds: Mapped[list[Ground]] = relationship(lazy="raise", init=False, default_factory=list)


class Ground(Base):
    """That a statement rests on a contribution."""

    __tablename__ = "statement_grounds"

    statement_id: Mapped[UUID] = mapped_column(ForeignKey("statements.id"), primary_key=True)
    contribution_id: Mapped[UUID] = mapped_column(
        ForeignKey("contributions.id"), primary_key=True, index=True
    )

    contribution: Mapped[Contribution] = relationship(lazy="raise", init=False)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """As whom a representative speaks: the post, the group, whether for an interface."""

    representative: str
    organisation_id: UUID | None = None
    interface: bool = False


def say(
    speaker_id: UUID,
    body_id: UUID,
    *,
    spoken: Spoken,
    cites: Sequence[UUID] = (),
    decision_id: UUID | None = None,
) -> Statement:
    """Note what a representative said to a body, and on whose words it rests; none: their own view.

    Raises NotAllowed, NotFound; Refused without the post, or for more than 80 contributions.
    """
    cited = tuple(dict.fromkeys(cites))
    if not tidy(spoken.representative):
        raise Refused("Name the post, such as Carers' representative", "representative")
    _few_enough(cited)
    with transaction():
        body = bodies.get(body_id)
        actor = permissions.require(
            speaker_id, Do.SPEAK_FOR, place_id=body.place_id, body_id=body_id
        )
        decision = session.get(Decision, decision_id) if decision_id else None
        if decision_id is not None and decision is None:
            raise NotFound("There is no such decision.")
        _all_said(cited)
        made = Statement(
            representative=tidy(spoken.representative),
            said_at=clock.now(),
            organisation_id=spoken.organisation_id,
            decision_id=decision_id,
            interface=spoken.interface,
        )
        made.grounds = [Ground(statement_id=made.id, contribution_id=c) for c in cited]
        session.add(made)
        record.append(
            StatementMade(
                subject=made.id,
                place=decision.place_id if decision else body.place_id,
                engagement=decision.engagement_id if decision else None,
                cites=cited,
                decision=decision_id,
                interface=spoken.interface,
                body=body_id,
            ),
            actor,
            refs=[Ref(decision.id if decision else body_id, "responds")],
        )
    return made


def report_back(speaker_id: UUID, statement_id: UUID) -> None:
    """Note that the people a representative spoke for have been told what was said and decided.

    Raises NotAllowed, NotFound; Changed if they had been told already.
    """
    with transaction():
        made = session.scalars(
            select(Statement)
            .where(Statement.id == statement_id)
            .options(joinedload(Statement.decision))
            .with_for_update(of=Statement)
            .execution_options(populate_existing=True)
        ).first()
        if made is None:
            raise NotFound("There is no such statement.")
        place = made.decision.place_id if made.decision else None
        actor = permissions.require(speaker_id, Do.SPEAK_FOR, place_id=place)
        if made.reported_back_at is not None:
            raise Changed("They have been told already.")
        made.reported_back_at = clock.now()
        record.append(
            StatementReportedBack(
                subject=made.id,
                place=place,
                engagement=made.decision.engagement_id if made.decision else None,
            ),
            actor,
            refs=[Ref(made.id, "responds")],
        )


def _few_enough(cited: Sequence[UUID]) -> None:
    if len(cited) > CITES_MAX:
        raise Refused(f"One statement can cite {CITES_MAX} contributions at most.")


def _all_said(cited: Sequence[UUID]) -> None:
    found = session.scalars(select(Contribution.id).where(Contribution.id.in_(cited))).all()
    if len(found) < len(cited):
        raise NotFound("There is no such contribution.")


def about(decision_id: UUID) -> Sequence[Statement]:
    """What representatives said on a decision, oldest first, with groups and what they cite."""
    return session.scalars(
        select(Statement)
        .where(Statement.decision_id == decision_id)
        .options(
            joinedload(Statement.organisation),
            selectinload(Statement.grounds).joinedload(Ground.contribution),
        )
        .order_by(Statement.said_at, Statement.id)
    ).all()


def bring_in(
    statement: Statement,
    importer: Actor | None,
    *,
    origin: Origin,
    cites: Sequence[UUID] = (),
    decision: Decision | None = None,
) -> None:
    """Take in what a representative said elsewhere, inside the import's transaction.

    `cites` are contributions, whenever they were made: whether they came first is for the findings
    to say. Raises Refused for more than 80.
    """
    cited = tuple(dict.fromkeys(cites))
    _few_enough(cited)
    statement.said_at, statement.imported = origin.said_at, origin.imported
    statement.decision_id = decision.id if decision else None
    statement.grounds = [Ground(statement_id=statement.id, contribution_id=c) for c in cited]
    session.add(statement)
    place = decision.place_id if decision else None
    engagement = decision.engagement_id if decision else None
    record.append(
        StatementMade(
            subject=statement.id,
            place=place,
            engagement=engagement,
            on=origin.said_at,
            imported=origin.imported,
            cites=cited,
            decision=statement.decision_id,
            interface=statement.interface,
            body=decision.body_id if decision else None,
        ),
        importer,
        refs=[Ref(decision.id, "responds")] if decision else [],
    )
    if statement.reported_back_at is not None:
        record.append(
            StatementReportedBack(
                subject=statement.id,
                place=place,
                engagement=engagement,
                on=statement.reported_back_at,
                imported=origin.imported,
            ),
            importer,
            refs=[Ref(statement.id, "responds")],
        )
