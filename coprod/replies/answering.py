"""Giving a reply, and weighing it first: is it long enough, and is it this person's own?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import joinedload

from coprod import clock, contributions, outbox, permissions, record
from coprod.contributions import Contribution, Origin
from coprod.db import session, transaction
from coprod.errors import Changed, Refused
from coprod.events import Reason, ReplyGiven, ReplyOutcome, Role
from coprod.identity import Person
from coprod.insight.replies import BOILERPLATE, OWN_WORDS
from coprod.permissions import Do
from coprod.record import Actor, Ref
from coprod.replies.model import NEEDS_REASON, POST_MAX, TEXT_MAX, Reply, codes, words_of
from coprod.text import shingles, similarity, tidy

COMPARED_OVER = timedelta(days=90)  # indicators.md, "Reasoned reply"
COMPARED = 200  # replies at most, newest first: a bound on the work, far over a quarter's replies
POSTS = {Role.PLANNER: "Locality planner", Role.OFFICER: "Officer"}


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """What can be said of a reply before it is given.

    `similarity` (percent) and `nearest` are of the body's other reply that it most repeats; None
    if it has given none in the last 90 days.
    """

    length: int
    similarity: int | None
    nearest: Reply | None
    names_point: bool

    @property
    def short(self) -> bool:
        """Too short to count as reasoned."""
        return self.length < OWN_WORDS

    @property
    def boilerplate(self) -> bool:
        """Repeats what others were told, without a word on this point."""
        return (self.similarity or 0) >= BOILERPLATE and not self.names_point


def answering_body(contribution: Contribution) -> UUID | None:
    """Who is to answer it: its engagement's body, else its conversation's. Needs both loaded."""
    if contribution.engagement is not None:
        return contribution.engagement.body_id
    return contribution.issue.body_id if contribution.issue is not None else None


def weigh(contribution: Contribution, text: str, body_id: UUID | None) -> Weighed:
    """Compare a reply with what was said and with the body's other replies of the last 90 days.

    It names the point when it repeats five words in a row of what was said (all of it, if there
    were fewer) that the nearest other reply does not have. One SELECT; none without a body.
    """
    text = tidy(text)
    nearest, share = None, 0.0
    for other in _others(contribution.id, body_id):
        same = similarity(text, other.text or "")
        if nearest is None or same > share:
            nearest, share = other, same
    said = shingles(f"{contribution.title or ''}\n{contribution.text or ''}")
    point = said & shingles(text) - shingles((nearest.text if nearest else None) or "")
    return Weighed(
        length=len(text),
        similarity=None if nearest is None else int(share * 100 + 0.5),
        nearest=nearest,
        names_point=bool(point),
    )


def answer(
    replier_id: UUID,
    contribution_id: UUID,
    *,
    outcome: ReplyOutcome,
    reasons: Sequence[Reason],
    text: str,
    body_id: UUID | None = None,
    post: str = "",
    with_discussion: bool = False,
    seen: int | None = None,
) -> Reply:
    """Answer somebody, for the body that owes them an answer or for `body_id`.

    Added to earlier replies, never in place of one. `with_discussion`: it also answers everything
    said under it so far. `seen` is how many replies the replier had before them; None: do not ask.
    Queues a message to each person answered. Raises NotAllowed; Refused without words or without a
    reason where the outcome needs one, or to one's own words; Changed if a colleague was quicker.
    """
    text = tidy(text)
    _refuse(outcome, reasons, text)
    with transaction():
        held = contributions.hold(contribution_id)
        session.refresh(held, ["engagement", "issue"])
        owing = answering_body(held)
        actor = permissions.require(
            replier_id, Do.ANSWER, place_id=held.place_id, body_id=body_id or owing
        )
        if held.author_id == replier_id:
            raise Refused("These are your own words: ask a colleague to answer them.")
        _refuse_stale(held, seen)
        weighed = weigh(held, text, body_id or owing)
        role = Role(actor.capacity)
        reply = Reply(
            contribution_id=held.id,
            body_id=body_id or owing,
            replier_id=replier_id,
            role=role,
            post=tidy(post)[:POST_MAX] or POSTS[role],
            outcome=outcome,
            reasons=codes(reasons),
            text=text,
            similarity=weighed.similarity,
            nearest_id=weighed.nearest.id if weighed.nearest else None,
            names_point=weighed.names_point,
            with_discussion=with_discussion,
        )
        _give(reply, held, actor)
        outbox.queue(
            held.author_id,
            "replied",
            once=f"replied-{reply.id}-{held.author_id}",
            contribution_id=str(held.id),
            reply_id=str(reply.id),
        )
        if with_discussion:
            _tell_discussion(reply, held)
    return reply


def bring_in(reply: Reply, importer: Actor | None, *, origin: Origin) -> None:
    """Take in a reply given elsewhere, inside the import's transaction. Nobody is written to.

    It keeps its own date. Where it has text, that is compared as any other's would be.
    """
    reply.given_at, reply.imported = origin.said_at, origin.imported
    answered = contributions.hold(reply.contribution_id)
    if reply.text:
        weighed = weigh(answered, reply.text, None)
        reply.names_point = weighed.names_point
    _give(reply, answered, importer, origin)


def _refuse(outcome: ReplyOutcome, reasons: Sequence[Reason], text: str) -> None:
    if not text:
        raise Refused("Write your answer, in your own words", "text")
    if len(text) > TEXT_MAX:
        raise Refused(f"Write your answer in {TEXT_MAX:,} characters or fewer", "text")
    if outcome in NEEDS_REASON and not reasons:
        raise Refused("Say why: choose at least one reason", "reasons")


def _refuse_stale(held: Contribution, seen: int | None) -> None:
    if seen is None:
        return
    given = select(func.count()).where(Reply.contribution_id == held.id)
    if session.scalars(given).one() > seen:
        raise Changed(
            "Somebody answered this while you were writing. Read their reply first: "
            "yours is below, and you can still send it."
        )


def _give(
    reply: Reply, answered: Contribution, actor: Actor | None, origin: Origin | None = None
) -> None:
    session.add(reply)
    _note(answered, reply)
    record.append(
        ReplyGiven(
            subject=reply.id,
            place=answered.place_id,
            engagement=answered.engagement_id,
            on=origin.said_at if origin else None,
            imported=origin.imported if origin else None,
            contribution=answered.id,
            body=reply.body_id,
            outcome=reply.outcome,
            reasons=reply.grounds,
            length=len(reply.text or ""),
            similarity=reply.similarity,
            names_point=reply.names_point,
            stated=reply.stated,
            with_discussion=reply.with_discussion,
        ),
        actor,
        words=words_of(reply),
        refs=[Ref(answered.id, "responds")],
    )


def _note(answered: Contribution, reply: Reply) -> None:
    """Keep on what was answered when it first was, and what the last answer said."""
    which = Contribution.id == answered.id
    if reply.with_discussion:
        which = which | _under(answered, reply.given_at)
    session.execute(
        update(Contribution)
        .where(which)
        .values(
            answered_at=func.coalesce(Contribution.answered_at, reply.given_at),
            outcome=reply.outcome,
        )
        .execution_options(synchronize_session="fetch")
    )


def _under(answered: Contribution, until: datetime) -> ColumnElement[bool]:
    """Whatever had been said under it by then."""
    below = Contribution.root_id == (answered.root_id or answered.id)
    return (
        below
        & Contribution.path.startswith(answered.path, autoescape=True)
        & (Contribution.id != answered.id)
        & (Contribution.submitted_at <= until)
    )


def _tell_discussion(reply: Reply, answered: Contribution) -> None:
    """Tell everyone else who spoke under it and can be reached, once each."""
    people = session.scalars(
        select(Person.id)
        .join(Contribution, Contribution.author_id == Person.id)
        .where(
            _under(answered, reply.given_at),
            Person.mailbox.is_not(None),
            Person.id.not_in([answered.author_id, reply.replier_id]),
        )
        .distinct()
        .order_by(Person.id)
    )
    for person_id in people:
        outbox.queue(
            person_id,
            "replied",
            once=f"replied-{reply.id}-{person_id}",
            contribution_id=str(answered.id),
            reply_id=str(reply.id),
        )


def _others(contribution_id: UUID, body_id: UUID | None) -> Sequence[Reply]:
    """The body's replies to others in the last 90 days, newest first, at most 200."""
    if body_id is None:
        return ()
    return session.scalars(
        select(Reply)
        .where(
            Reply.body_id == body_id,
            Reply.given_at > clock.now() - COMPARED_OVER,
            Reply.contribution_id != contribution_id,
            Reply.text.is_not(None),
        )
        .options(joinedload(Reply.contribution))
        .order_by(Reply.given_at.desc(), Reply.id)
        .limit(COMPARED)
    ).all()
