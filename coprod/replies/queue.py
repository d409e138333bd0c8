"""What waits for an answer, oldest first: for those who owe it, and for everyone to see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select, true, tuple_
from sqlalchemy.orm import aliased, contains_eager, joinedload

from coprod import clock, contributions, permissions, places
from coprod.contributions import Answered, Contribution, Listed, Order, Wanted
from coprod.db import session
from coprod.engagements import Engagement
from coprod.errors import NotFound
from coprod.insight.replies import REPLY_DAYS
from coprod.issues import Issue
from coprod.permissions import MAY, Do
from coprod.replies.model import Reply, Wait, waiting

PAGE = 25  # discussions on a page
COMMENTS_SHOWN = 3  # of each discussion, in a queue; the rest are counted


@dataclass(frozen=True)
class Waiting:
    """A discussion in which something waits: what it is under, and the oldest comments that wait.

    `head` itself may have been answered: `head_waits` says. `since` is when the oldest of what
    waits was said, `comments_waiting` how many comments wait in all.
    """

    head: Contribution
    head_waits: bool
    comments: Sequence[Contribution]
    comments_waiting: int
    since: datetime

    @property
    def wait(self) -> Wait:
        """How the oldest of it stands against the 28 days."""
        return waiting(self.since)


@dataclass(frozen=True)
class Queue:
    """One page. `after` is where the next begins; None at the end."""

    items: Sequence[Waiting]
    after: tuple[datetime, UUID] | None


@dataclass(frozen=True)
class Standing:
    """How many contributions wait, and how many of them beyond their 28 days."""

    waiting: int
    overdue: int
    long_overdue: int


def get(reply_id: UUID) -> Reply:
    """The reply with what it answers, its place and its body. Raises NotFound."""
    found = session.scalars(
        select(Reply)
        .where(Reply.id == reply_id)
        .options(
            joinedload(Reply.contribution).options(
                joinedload(Contribution.place), joinedload(Contribution.author)
            ),
            joinedload(Reply.body),
            joinedload(Reply.nearest),
        )
    ).first()
    if found is None:
        raise NotFound("There is no such reply.")
    return found


def of(contribution_id: UUID) -> Sequence[Reply]:
    """Every reply it has had, with their bodies, oldest first."""
    return session.scalars(
        select(Reply)
        .where(Reply.contribution_id == contribution_id)
        .options(joinedload(Reply.body))
        .order_by(Reply.given_at, Reply.id)
    ).all()


def answering(said: Contribution) -> Sequence[Reply]:
    """Every reply that answers it, with their bodies, oldest first.

    Its own, and those to what it stands under that were given later and to the whole discussion.
    """
    answers = Reply.contribution_id == said.id
    if said.root_id is not None:
        above = aliased(Contribution)
        over = select(above.id).where(
            or_(above.id == said.root_id, above.root_id == said.root_id),
            literal(said.path).startswith(above.path),
        )
        answers |= and_(
            Reply.with_discussion.is_(True),
            Reply.given_at >= said.submitted_at,
            Reply.contribution_id.in_(over),
        )
    return session.scalars(
        select(Reply)
        .where(answers)
        .options(joinedload(Reply.body))
        .order_by(Reply.given_at, Reply.id)
    ).all()


def latest_of(contribution_ids: Sequence[UUID]) -> dict[UUID, Reply]:
    """The last reply that each of these has had, with its body: one statement."""
    found = session.scalars(
        select(Reply)
        .where(Reply.contribution_id.in_(contribution_ids))
        .options(joinedload(Reply.body))
        .order_by(Reply.given_at, Reply.id)
    )
    return {reply.contribution_id: reply for reply in found}


def on_issue(issue_id: UUID, limit: int = 5) -> Sequence[Reply]:
    """The latest replies to what was said in a conversation, newest first, with their bodies."""
    return session.scalars(
        select(Reply)
        .join(Reply.contribution)
        .where(Contribution.issue_id == issue_id)
        .options(joinedload(Reply.body), contains_eager(Reply.contribution))
        .order_by(Reply.given_at.desc(), Reply.id.desc())
        .limit(limit)
    ).all()


def disputed(limit: int = 100) -> Sequence[Reply]:
    """Replies whose disputes nobody has settled, oldest first, with what they answer."""
    return session.scalars(
        select(Reply)
        .where(Reply.disputed_at.is_not(None), Reply.settled_at.is_(None))
        .options(
            joinedload(Reply.contribution).joinedload(Contribution.place), joinedload(Reply.body)
        )
        .order_by(Reply.disputed_at, Reply.id)
        .limit(limit)
    ).all()


def to_answer_again(person_id: UUID, limit: int = PAGE) -> Sequence[Reply]:
    """Replies that a checker found did not answer, with no other since: for this person's queue."""
    later = aliased(Reply)
    return session.scalars(
        select(Reply)
        .join(Reply.contribution)
        .where(
            Reply.upheld.is_(True),
            ~exists().where(
                later.contribution_id == Reply.contribution_id, later.given_at > Reply.given_at
            ),
            _answerable_by(person_id),
        )
        .options(
            joinedload(Reply.contribution).joinedload(Contribution.place), joinedload(Reply.body)
        )
        .order_by(Reply.given_at, Reply.id)
        .limit(limit)
    ).all()


def mine(person_id: UUID, after: tuple[datetime, UUID] | None = None, limit: int = PAGE) -> Queue:
    """What waits for an answer wherever this person may give one, oldest first."""
    return _queue(_answerable_by(person_id), after, limit)


def of_body(body_id: UUID, after: tuple[datetime, UUID] | None = None, limit: int = PAGE) -> Queue:
    """What waits for an answer from a body, oldest first."""
    return _queue(_owed_by([body_id]), after, limit)


def unanswered(
    wanted: Wanted, after: tuple[datetime | int, UUID] | None = None, limit: int = PAGE
) -> Listed:
    """Everything with no answer, comments too, in every state, oldest first: a page by keyset.

    Of `wanted`, the place, body and engagement count.
    """
    return contributions.listed(
        Wanted(
            place_id=wanted.place_id,
            body_id=wanted.body_id,
            engagement_id=wanted.engagement_id,
            answered=Answered.WAITING,
            comments_too=True,
            order=Order.OLDEST,
        ),
        after,
        limit,
    )


def standing(wanted: Wanted) -> Standing:
    """How many of these wait for an answer, and for how long: one SELECT."""
    here: list[ColumnElement[bool]] = [Contribution.answered_at.is_(None)]
    if wanted.place_id is not None:
        here.append(Contribution.place_id.in_(select(places.within(wanted.place_id).c.id)))
    if wanted.body_id is not None:
        here.append(_owed_by([wanted.body_id]))
    if wanted.engagement_id is not None:
        here.append(Contribution.engagement_id == wanted.engagement_id)
    late, very_late = (Contribution.submitted_at < _late_since(times) for times in (1, 2))
    row = session.execute(
        select(func.count(), func.count().filter(late), func.count().filter(very_late))
        .select_from(Contribution)
        .where(*here)
    ).one()
    return Standing(*row)


def _late_since(times: int) -> datetime:
    """What was said before this moment has waited more than `times` 28 days by now."""
    day = clock.today() - timedelta(days=times * REPLY_DAYS)
    return datetime.combine(day, time(), clock.LONDON)


def _queue(here: ColumnElement[bool], after: tuple[datetime, UUID] | None, limit: int) -> Queue:
    """A page of discussions: three statements, however many comments wait."""
    head_id = func.coalesce(Contribution.root_id, Contribution.id).label("head_id")
    since = func.min(Contribution.submitted_at).label("since")
    heads = (
        select(head_id, since, func.count(Contribution.root_id).label("comments"))
        .where(Contribution.answered_at.is_(None), here)
        .group_by(head_id)
        .order_by(since, head_id)
        .limit(limit + 1)
    )
    if after is not None:
        heads = heads.having(tuple_(since, head_id) > after)
    rows = session.execute(heads).all()
    shown = rows[:limit]
    roots = _roots([row.head_id for row in shown])
    comments = _oldest_comments([row.head_id for row in shown])
    items = [
        Waiting(
            head=roots[row.head_id],
            head_waits=roots[row.head_id].answered_at is None,
            comments=comments.get(row.head_id, ()),
            comments_waiting=row.comments,
            since=row.since,
        )
        for row in shown
    ]
    more = len(rows) > limit
    return Queue(items, (shown[-1].since, shown[-1].head_id) if more else None)


def _roots(ids: Sequence[UUID]) -> dict[UUID, Contribution]:
    return {root.id: root for root in _said(Contribution.id.in_(ids), len(ids))}


def _oldest_comments(root_ids: Sequence[UUID]) -> dict[UUID, list[Contribution]]:
    number = func.row_number().over(
        partition_by=Contribution.root_id,
        order_by=(Contribution.submitted_at, Contribution.id),
    )
    numbered = (
        select(Contribution.id, number.label("number"))
        .where(Contribution.root_id.in_(root_ids), Contribution.answered_at.is_(None))
        .subquery()
    )
    first = select(numbered.c.id).where(numbered.c.number <= COMMENTS_SHOWN)
    found: defaultdict[UUID, list[Contribution]] = defaultdict(list)
    for comment in _said(Contribution.id.in_(first), len(root_ids) * COMMENTS_SHOWN):
        if comment.root_id is not None:
            found[comment.root_id].append(comment)
    return found


def _said(which: ColumnElement[bool], limit: int) -> Sequence[Contribution]:
    return session.scalars(
        select(Contribution)
        .where(which)
        .options(
            joinedload(Contribution.author),
            joinedload(Contribution.place),
            joinedload(Contribution.organisation),
            joinedload(Contribution.issue),
        )
        .order_by(Contribution.submitted_at, Contribution.id)
        .limit(limit)
    ).all()


def _owed_by(body_ids: Sequence[UUID]) -> ColumnElement[bool]:
    """Its engagement's body owes the answer; without an engagement, its conversation's."""
    engagements_of = select(Engagement.id).where(Engagement.body_id.in_(body_ids))
    issues_of = select(Issue.id).where(Issue.body_id.in_(body_ids))
    return or_(
        Contribution.engagement_id.in_(engagements_of),
        and_(Contribution.engagement_id.is_(None), Contribution.issue_id.in_(issues_of)),
    )


def _answerable_by(person_id: UUID) -> ColumnElement[bool]:
    """Where a person's roles let them answer: two small SELECTs."""
    roles = [r for r in permissions.roles_of(person_id) if r.role in MAY[Do.ANSWER]]
    if any(role.place_id is None and role.body_id is None for role in roles):
        return true()
    granted = {role.place_id for role in roles if role.place_id is not None}
    here = _owed_by([role.body_id for role in roles if role.body_id is not None])
    return or_(Contribution.place_id.in_(places.all_within(granted)), here)
