"""Sorting what people said: the same text sent many times, and whether it challenges policy."""

from __future__ import annotations

from uuid import UUID

from coprod import permissions, record
from coprod.contributions.model import Contribution
from coprod.contributions.reading import hold
from coprod.db import session, transaction
from coprod.errors import NotFound, Refused
from coprod.events import JoinedToCampaign, PolicyTagged
from coprod.permissions import Do
from coprod.record import Ref
from coprod.text import similarity

SAME_TEXT = 0.9  # of their five-word runs; letters of one campaign differ in a greeting at most


def join_campaign(planner_id: UUID, contribution_id: UUID, first_id: UUID) -> None:
    """Note that a contribution repeats the text of an earlier one, so that they count as one.

    Each keeps its author, its supports and its reply. Raises NotAllowed, NotFound; Refused where
    the words differ, the first is not the earlier one, or it is part of the campaign already.
    """
    with transaction():
        held = hold(contribution_id)
        actor = permissions.require(planner_id, Do.GATHER, place_id=held.place_id)
        first = session.get(Contribution, first_id)
        if first is None:
            raise NotFound("There is no such contribution.")
        first_id = first.campaign_id or first.id
        if held.campaign_id == first_id or held.id == first_id:
            raise Refused("It is counted with these already.")
        if first.submitted_at > held.submitted_at:
            raise Refused("Choose the earlier of the two as the first.", "first_id")
        if similarity(held.text or "", first.text or "") < SAME_TEXT:
            raise Refused("The words are not the same, so these are two voices.", "first_id")
        held.campaign_id = first_id
        record.append(
            JoinedToCampaign(
                subject=held.id,
                place=held.place_id,
                engagement=held.engagement_id,
                first=first_id,
            ),
            actor,
            refs=[Ref(held.id, "responds"), Ref(first_id, "responds")],
        )


def tag_policy(planner_id: UUID, contribution_id: UUID, *, challenges: bool) -> None:
    """Note whether what was said challenges current policy, before anything is decided on it.

    Blind to the outcome: refused once it is cited or disposed of. A second person's tag stands
    beside the first, so that how well the two agree can be seen; the latest counts. Raises
    NotAllowed, NotFound; Refused.
    """
    with transaction():
        held = hold(contribution_id)
        actor = permissions.require(planner_id, Do.GATHER, place_id=held.place_id)
        if held.effect is not None or held.disposition is not None:
            raise Refused("What became of it is known, so it can no longer be judged blind.")
        held.challenges_policy = challenges
        record.append(
            PolicyTagged(
                subject=held.id,
                place=held.place_id,
                engagement=held.engagement_id,
                challenges=challenges,
            ),
            actor,
            refs=[Ref(held.id, "responds")],
        )
