"""What people told about themselves so that unfairness shows: kept apart from who they are.

These answers are not on the record and are joined to nobody. They are published only through
disclosure control (`coprod.insight.disclosure`), as P1 to P3.
"""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from coprod import clock, insight
from coprod.db import Base, session, transaction
from coprod.errors import Refused
from coprod.insight import Question
from coprod.places import Place

# The answers there are, in the order in which they are counted. A question that is not here is not
# asked. Deprivation: fifths of Scotland's data zones, 1 the most deprived (SIMD).
GROUPS: dict[Question, tuple[str, ...]] = {Question.DEPRIVATION: ("1", "2", "3", "4", "5")}


class EqualityAnswer(Base):
    """One answer by one person, with nothing that leads to them.

    Its id is random rather than ordered by birth, its time is a week, and on SQLite the table keeps
    no order of arrival. Source of these rules: record-and-reliability, equality data.
    """

    __tablename__ = "equality_answers"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4, init=False)
    place_id: Mapped[UUID] = mapped_column(ForeignKey("places.id"), index=True)
    question: Mapped[Question]
    group: Mapped[str]
    week: Mapped[str] = mapped_column(comment="in which it was kept, as 2026W07")

    place: Mapped[Place] = relationship(lazy="raise", init=False)


@dataclass(frozen=True)
class Answer:
    """What one person of a place answered; `group` is one of the question's."""

    place_id: UUID
    question: Question
    group: str


def keep(answers: Iterable[Answer]) -> None:
    """Keep answers, in an order that says nothing. Raises Refused for one that is not offered."""
    given = list(answers)
    for answer in given:
        if answer.group not in GROUPS.get(answer.question, ()):
            raise Refused("Choose one of the answers that are offered.")
    random.SystemRandom().shuffle(given)
    year, week, _ = clock.today().isocalendar()
    with transaction():
        session.add_all(
            EqualityAnswer(
                place_id=answer.place_id,
                question=answer.question,
                group=answer.group,
                week=f"{year}W{week:02}",
            )
            for answer in given
        )


def answers(place_ids: Collection[UUID] | None = None) -> Sequence[insight.Answers]:
    """How many people of each place gave each answer, by place and question; None: of all places.

    Exact counts: whatever is published from them goes through disclosure control.
    """
    query = (
        select(EqualityAnswer.place_id, EqualityAnswer.question, EqualityAnswer.group, func.count())
        .group_by(EqualityAnswer.place_id, EqualityAnswer.question, EqualityAnswer.group)
        .order_by(EqualityAnswer.place_id, EqualityAnswer.question)
    )
    if place_ids is not None:
        query = query.where(EqualityAnswer.place_id.in_(place_ids))
    counted: dict[tuple[UUID, Question], Counter[str]] = {}
    for place_id, question, group, many in session.execute(query):
        counted.setdefault((place_id, question), Counter())[group] = many
    return tuple(
        insight.Answers(
            place=place_id,
            question=question,
            counts=tuple(counts[group] for group in GROUPS[question]),
            groups=GROUPS[question],
        )
        for (place_id, question), counts in counted.items()
    )
