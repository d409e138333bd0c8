"""What those who hold a seat for others said there, for whom, and whether they told them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, select
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship, selectinload

from coprod import record
from coprod.contributions import Contribution, Origin
from coprod.db import Base, Thing, session
from coprod.decisions import Decision
from coprod.errors import Refused
from coprod.events import StatementMade, StatementReportedBack
from coprod.identity import Organisation
from coprod.record import Actor, Ref

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
    if len(cited) > CITES_MAX:
        raise Refused(f"One statement can cite {CITES_MAX} contributions at most.")
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
