"""Every figure in words: its name, its rule, why it matters, how it could be bent, our answer.

Source of the rules: indicators.md, section 2. A change to any rule is a new METHOD, and is logged
in public.
"""

from __future__ import annotations

from coprod.insight.indicators.asking import ASKING
from coprod.insight.indicators.power import POWER
from coprod.insight.indicators.terms import Indicator, Theme

__all__ = ["INDICATORS", "METHOD", "Indicator", "Theme"]

METHOD = "1"

# Figures that go with another: whose reasons they share.
_PARTS: tuple[tuple[str, str, str, str], ...] = (
    ("R1", "R1b", "Replied to at all", "Of those contributions, how many had any reply."),
    ("R3", "R3r", "Replies with reasons", "Of all that were replied to, how many with reasons."),
    ("I1", "I1u", "Changed something, of everything", "The same as a share of all contributions."),
    ("I2", "I2p", "Places heard alike", "The widest gap between two places."),
    ("I3", "I3c", "Community's words claimed", "Of all decisions, how many quote the community."),
    ("X1", "X1a", "Fit current plans", "Of views that fit current plans, how many changed it."),
    ("X1", "X1b", "Challenge current plans", "Of views that challenge, how many changed it."),
    ("X1", "X1k", "Do two people agree?", "How far two people marking views apart agree."),
    ("T1", "T1c", "Asked while it was open, community", "The same, without what staff said."),
    ("A3", "A3m", "How often it comes back", "In how many quarters each was raised, on average."),
    ("V1", "V1c", "Same faces, corrected for few", "The same, made fair for small numbers."),
    ("V2", "V2h", "Concentration", "The chance that two contributions are by the same person."),
    ("V2", "V2o", "How many groups it comes to", "The same, for groups."),
    (
        "K1",
        "K1m",
        "Levels above or below",
        "What was done less what was promised, on average.",
    ),
    ("K2", "FB", "Told what happened, on time", "Of feedback that is due, how much was on time."),
    ("F1", "F1c", "Said to be done", "Of all actions that are due, how many are said to be done."),
    ("N1", "N1t", "Passed on, third sector interfaces", "The same, for those interfaces alone."),
    ("W1", "W2", "Reasons given", "Of votes not followed, in how many reasons were published."),
    (
        "C1",
        "CM",
        "Several ways in",
        "Of all engagements, how many had two ways in, one offline.",
    ),
    ("I3", "DR", "Showed what was not used", "Of all decisions, how many show what was not used."),
)


def _with_parts() -> dict[str, Indicator]:
    known = {one.code: one for one in (*ASKING, *POWER)}
    for main, code, name, rule in _PARTS:
        of = known[main]
        known[code] = Indicator(code, of.theme, name, rule, of.why, of.gamed, of.counter, main)
    return known


INDICATORS: dict[str, Indicator] = _with_parts()
