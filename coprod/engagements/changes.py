"""What may change once people are being asked: only openly, and with a reason that stays."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from coprod import clock, record
from coprod.db import transaction
from coprod.engagements import timing
from coprod.engagements.model import WORDS, Engagement, StepKind, lock
from coprod.engagements.steps import about, opened_already, planner, reason, step, with_body
from coprod.errors import Changed, Refused
from coprod.events import AppraisalRecorded, EngagementExtended, OptionsFixed
from coprod.record import Actor, Ref, Words
from coprod.text import tidy


def extend(
    planner_id: UUID, engagement_id: UUID, *, closes_on: date, closes_hour: int, why: str
) -> Engagement:
    """Give people longer. The first closing time is kept and shown.

    Raises NotAllowed; Changed once it has closed; Refused for an earlier time, or no reason.
    """
    why = reason(why)
    closes_at = timing.closing(closes_on, closes_hour)
    with transaction():
        engagement = lock(engagement_id)
        actor = planner(planner_id, engagement)
        if not engagement.takes_words or engagement.closes_at is None:
            raise Changed(f"This have-your-say is {WORDS[engagement.stage_now]}.")
        if closes_at <= engagement.closes_at:
            raise Refused("Choose a later time than it closes now", "closes_on")
        engagement.closes_at = closes_at
        taken = step(engagement, StepKind.EXTENDED, day=closes_on, why=why)
        record.append(
            EngagementExtended(**about(engagement), closes=closes_on),
            actor,
            words={"why": Words(taken.why_salt, why)},
            refs=[Ref(engagement.id, "responds")],
        )
    return engagement


def fix_options(planner_id: UUID, engagement_id: UUID, *, fixed: date, why: str) -> Engagement:
    """Give evidence, a paper or a minute, that the choices were settled on an earlier day.

    Raises NotAllowed; Refused for a day to come, or no earlier than the one already shown; Changed
    before it opens.
    """
    why = reason(why)
    with transaction():
        engagement = lock(engagement_id)
        actor = planner(planner_id, engagement)
        opened_already(engagement)
        if fixed > clock.today():
            raise Refused("Give a day that has been", "fixed")
        if engagement.options_fixed is not None and fixed >= engagement.options_fixed:
            raise Refused(
                "The day shown now is no later than that. It can be shown to have been earlier, "
                "never moved later.",
                "fixed",
            )
        engagement.options_fixed = fixed
        taken = step(engagement, StepKind.OPTIONS_FIXED, day=fixed, why=why)
        record.append(
            OptionsFixed(**about(engagement), fixed=fixed),
            actor,
            words={"why": Words(taken.why_salt, why)},
            refs=[Ref(engagement.id, "responds")],
        )
    return engagement


def record_appraisal(
    planner_id: UUID,
    engagement_id: UUID,
    *,
    community_options: int,
    cosigned: bool,
    community_control: bool = False,
    why: str = "",
) -> Engagement:
    """Say how many choices the community's side put forward, and who signed their appraisal.

    `community_control`: a community body holds the fund or asset and sets the rules. Raises
    NotAllowed; Changed before it opens; Refused for a number below 0.
    """
    if community_options < 0:
        raise Refused("Give a number from 0 up", "community_options")
    with transaction():
        engagement = with_body(lock(engagement_id))
        actor = planner(planner_id, engagement)
        opened_already(engagement)
        engagement.community_options, engagement.cosigned = community_options, cosigned
        engagement.community_power |= engagement.body.community_majority
        engagement.community_control = community_control
        appraised(engagement, actor, why=tidy(why))
    return engagement


def appraised(engagement: Engagement, actor: Actor | None, *, why: str = "") -> None:
    """Put a held engagement's appraisal, as it now stands, on the record."""
    taken = step(engagement, StepKind.APPRAISED, why=why)
    record.append(
        AppraisalRecorded(
            **about(engagement),
            community_options=engagement.community_options,
            cosigned=engagement.cosigned,
            community_power=engagement.community_power,
            community_control=engagement.community_control,
        ),
        actor,
        words={"why": Words(taken.why_salt, why)} if why else {},
        refs=[Ref(engagement.id, "responds")],
    )
