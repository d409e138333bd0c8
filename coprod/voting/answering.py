"""What the body did with the result of a vote: what it adopted, its own ranking, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from coprod import clock, engagements, permissions, record
from coprod.db import transaction
from coprod.errors import Changed, Refused
from coprod.events import VoteAnswered
from coprod.permissions import Do
from coprod.record import Ref, Words
from coprod.text import tidy
from coprod.voting.casting import about, engagement_of, hold
from coprod.voting.model import Poll

REASONS_MAX = 4_000  # characters


def answer(
    officer_id: UUID,
    poll_id: UUID,
    *,
    adopted: Collection[UUID],
    ranks: Mapping[UUID, int] | None = None,
    reasons: str = "",
) -> Poll:
    """Record, with the decision, what the body did with a counted vote. Once.

    `adopted`: the options it adopted; none: it adopted none. `ranks`: its own ranking of every
    option, from 1. Without `reasons` for another choice than the vote's, that is on the record too.
    Raises NotAllowed; Changed before the count, or if it is answered.
    """
    reasons = tidy(reasons)
    if len(reasons) > REASONS_MAX:
        raise Refused(f"Say why in {REASONS_MAX:,} characters or fewer", "reasons")
    with transaction():
        engagement = engagements.lock(engagement_of(poll_id))
        poll = hold(poll_id, alone=True)
        actor = permissions.require(
            officer_id,
            Do.DECIDE,
            place_id=poll.engagement.place_id,
            body_id=poll.engagement.body_id,
        )
        if poll.closed_at is None or poll.answered_at is not None:
            raise Changed("This vote is still to be counted, or has its answer already.")
        _check(poll, adopted, ranks or {})
        for option in poll.options:
            option.adopted = option.id in adopted
            option.body_rank = (ranks or {}).get(option.id)
        poll.answered_at, poll.reasons = clock.now(), reasons
        record.append(
            VoteAnswered(
                **about(poll),
                adopted=tuple(o.id for o in poll.options if o.adopted),
                ranks=tuple(o.body_rank for o in poll.options if o.body_rank is not None),
                reasons=bool(reasons),
            ),
            actor,
            words={"reasons": Words(poll.reasons_salt, reasons)} if reasons else {},
            refs=[Ref(poll.id, "responds")],
        )
        if poll.binding and poll.followed:
            engagement.community_power = True
            engagements.appraised(engagement, actor)
    return poll


def _check(poll: Poll, adopted: Collection[UUID], ranks: Mapping[UUID, int]) -> None:
    known = {option.id for option in poll.options}
    if not set(adopted) <= known or not set(ranks) <= known:
        raise Refused("Choose among what people voted on", "adopted")
    if ranks and sorted(ranks.values()) != list(range(1, len(known) + 1)):
        raise Refused(f"Rank every one, from 1 to {len(known)}, each number once", "ranks")
