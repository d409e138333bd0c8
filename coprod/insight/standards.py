"""Suggested bands, 1 to 6, for the seven National Standards for Community Engagement.

The scale is VOiCE's. A standard has the band of its lowest part, so that nothing is averaged
away; the group confirms or corrects it in the review. Source: indicators.md, section 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from coprod.events import Effect
from coprod.insight.influence import Channels, Influence
from coprod.insight.promises import Promises, Verdict
from coprod.insight.reach import Fit, Question
from coprod.insight.replies import Replies
from coprod.insight.representation import Representation
from coprod.insight.timing import Timing
from coprod.insight.voices import Voices
from coprod.insight.within import Within

BANDS = (
    (Fraction(95, 100), 6),
    (Fraction(80, 100), 5),
    (Fraction(65, 100), 4),
    (Fraction(50, 100), 3),
    (Fraction(30, 100), 2),
)
INCLUSION_NEEDS = 20  # people who answered, before inclusion is given a band

Parts = Mapping[str, Fraction | None]


@dataclass(frozen=True)
class Part:
    """One component, 0 to 1; None: there is nothing yet to tell it from."""

    code: str
    value: Fraction | None
    band: int | None


@dataclass(frozen=True)
class Band:
    """`value` 1 to 6 is that of the lowest part that can be told; None: not enough evidence."""

    value: int | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Profile:
    """The parts of a finding that the standards are read from."""

    replies: Replies
    influence: Influence
    channels: Channels
    timing: Timing
    voices: Voices
    promises: Promises
    representation: Representation
    verdict: Verdict
    reach: tuple[Fit, ...]


def band(value: Fraction) -> int:
    """1 to 6 for a share of 0 to 1."""
    return next((step for least, step in BANDS if value >= least), 1)


def standards(within: Within, profile: Profile) -> Mapping[str, Band]:
    timing, promises = profile.timing, profile.promises
    influence = profile.influence
    spoken = profile.representation
    told = promises.engagements
    mixed = Fraction(sum(one.channels_mixed for one in told), len(told)) if told else None
    return {
        "planning": _lowest(
            {
                "T1c": timing.before_fixed_community.value,
                "T2": timing.long_enough.value,
                "T3": timing.information_total.value,
            }
        ),
        "communication": _lowest(
            {
                "R1": profile.replies.in_time.value,
                "R3": profile.replies.reasoned.value,
                "FB": promises.feedback_on_time.value,
            }
        ),
        "impact": _lowest(
            {
                "I3": influence.provenance.value,
                "I4": influence.genuine.value,
                "F1": promises.confirmed.value,
                "S1": profile.verdict.agreed.value,
            }
        ),
        "working_together": _lowest({"N1": spoken.grounded.value, "N2": spoken.full_loop.value}),
        "methods": _lowest({"CM": mixed, "C2": _at_most_one(profile.channels.parity.value)}),
        "support": _lowest({"SN": profile.verdict.support.value}),
        "inclusion": _inclusion(within, profile),
    }


def _inclusion(within: Within, profile: Profile) -> Band:
    ratios = [
        ratio
        for fit in profile.reach
        if fit.question is Question.DEPRIVATION
        and fit.n >= INCLUSION_NEEDS
        and (ratio := _at_most_one(fit.first_ratio)) is not None
    ]
    parts: Parts = {
        "P2": min(ratios, default=None),
        "V4": profile.voices.first_timers.value,
        "DR": _dissent_recorded(within),
    }
    read = _lowest(parts)
    return read if ratios else Band(None, read.parts)


def _dissent_recorded(within: Within) -> Fraction | None:
    """The share of decisions that show something people said that was not adopted, or not used."""
    shown = [
        any(c.citation.effect is Effect.NOT_ADOPTED for c in within.citations(made))
        or bool(within.facts.disposed.at(made.id, within.at))
        for made in within.decisions
    ]
    return Fraction(sum(shown), len(shown)) if shown else None


def _at_most_one(ratio: float | None) -> Fraction | None:
    # Back to the ratio of counts it came from, so that 0.95 reaches the band that starts there.
    return None if ratio is None else min(Fraction(1), Fraction(ratio).limit_denominator(10**9))


def _lowest(parts: Parts) -> Band:
    read = tuple(
        Part(code, value, None if value is None else band(value)) for code, value in parts.items()
    )
    return Band(min((p.band for p in read if p.band is not None), default=None), read)
