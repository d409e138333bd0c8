"""What was promised at opening, and what was done: K1, K2, F1 and feedback on time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from coprod.insight.calendar import a_year_before
from coprod.insight.delivery import Delivered, delivered
from coprod.insight.facts import Action, Dated, Engagement, Total
from coprod.insight.figures import Measure, Share, measure, share
from coprod.insight.replies import Answers
from coprod.insight.statistics import lower_median
from coprod.insight.within import Within

# Engagements in twelve months before a body is given a rung: early genuine attempts can look like
# tokenism (indicators.md, design rule 6).
COMPLETED_ENOUGH = 2
OVERDUE_DAYS = 30  # after which a claim that nobody confirmed is a finding


@dataclass(frozen=True)
class Rungs:
    """How many engagements stand on each rung; steps are never averaged. None: none judged."""

    counts: Mapping[int | None, int]  # rung None: below informing
    lower_median: int | None
    worst: int | None


@dataclass(frozen=True)
class Promises:
    """`engagements` in the order of the record, those still under way too."""

    engagements: tuple[Delivered, ...]
    kept: Share
    mean_gap: Measure
    dates_kept: Share
    feedback_on_time: Share
    confirmed: Share
    claimed: Share
    rungs: Rungs


@dataclass(frozen=True)
class Verdict:
    """What people said of it afterwards, and help to take part.

    `bounds`: the share agreeing if everyone who did not reply had said no, and yes; None if nobody
    was invited.
    """

    agreed: Share
    bounds: tuple[Fraction, Fraction] | None
    support: Share


def promises(within: Within, answers: Answers) -> Promises:
    told = tuple(delivered(within, answers, opened) for opened in within.engagements)
    judged = [one for one in told if one.judged]
    known = within.facts.engagements
    ended = [known[one.engagement] for one in judged]
    gaps = [one.gap for one in judged if one.gap is not None]
    due = due_actions(within)
    return Promises(
        engagements=told,
        kept=share(
            "K1", ended, [known[o.engagement] for o in judged if o.gap is not None and o.gap >= 0]
        ),
        mean_gap=measure("K1m", Fraction(sum(gaps), len(gaps)) if gaps else None, len(gaps)),
        dates_kept=_dates_kept(within),
        feedback_on_time=_feedback_on_time(within),
        confirmed=share("F1", due, [one for one in due if confirmed(within, one)]),
        claimed=share("F1c", due, [one for one in due if claimed(within, one)]),
        rungs=_rungs([one.rung for one in judged]),
    )


def _rungs(rungs: Sequence[int | None]) -> Rungs:
    steps = [rung or 0 for rung in rungs]  # below informing stands under the lowest rung
    return Rungs(
        counts=dict(sorted(Counter(rungs).items(), key=lambda pair: pair[0] or 0)),
        lower_median=lower_median(steps) or None,
        worst=min(steps, default=0) or None,
    )


def _dates_kept(within: Within) -> Share:
    at = within.at
    due = [
        promised
        for promised in within.facts.promised.values()
        if promised.day <= at
        and promised.due <= at
        and within.holds(place=promised.place, engagement=promised.engagement)
    ]
    return share("K2", due, [one for one in due if _met(within, one)])


def _met(within: Within, promised: Dated) -> bool:
    met = within.facts.met.all(promised.id, within.at)
    return bool(met) and min(met) <= promised.due


def _feedback_on_time(within: Within) -> Share:
    def given_in_time(opened: Engagement) -> bool:
        given = within.facts.feedback.all(opened.id, within.at)
        return bool(given) and opened.feedback_due is not None and min(given) <= opened.feedback_due

    due = [
        opened
        for opened in within.engagements
        if opened.feedback_due is not None and opened.feedback_due <= within.at
    ]
    return share("FB", due, [one for one in due if given_in_time(one)])


def due_actions(within: Within) -> list[Action]:
    """Actions agreed by decisions in scope whose day has come."""
    papers = {made.id for made in within.papers}
    return [
        agreed
        for agreed in within.facts.actions.values()
        if agreed.day <= within.at and agreed.due <= within.at and agreed.decision in papers
    ]


def confirmed(within: Within, agreed: Action) -> bool:
    """Somebody in the community has seen it done."""
    return bool(within.facts.confirmed.at(agreed.id, within.at))


def claimed(within: Within, agreed: Action) -> bool:
    """Its owner says it is done, or more than that."""
    said = within.facts.claimed.at(agreed.id, within.at)
    return bool(said) or confirmed(within, agreed)


def claimed_only(within: Within) -> list[Action]:
    """Said to be done, seen by nobody, thirty days after it was due."""
    overdue = within.at - timedelta(days=OVERDUE_DAYS)
    return [
        agreed
        for agreed in due_actions(within)
        if agreed.due <= overdue and claimed(within, agreed) and not confirmed(within, agreed)
    ]


def completed(within: Within, told: Sequence[Delivered]) -> int:
    """How many engagements closed in the last twelve months and can be judged."""
    since = a_year_before(within.at)
    ended = {e.id: within.facts.closes(e, within.at) for e in within.engagements}
    return sum(one.judged and since < ended[one.engagement] <= within.at for one in told)


def verdict(within: Within) -> Verdict:
    surveys = _totals(within, within.facts.surveys)
    invited, replied = sum(s.asked for s in surveys), sum(s.replied for s in surveys)
    agree = sum(s.good for s in surveys)
    needs = _totals(within, within.facts.support_needs)
    best = agree + invited - replied
    return Verdict(
        agreed=Share("S1", agree, replied, surveys, surveys),
        bounds=(Fraction(agree, invited), Fraction(best, invited)) if invited else None,
        support=Share("SN", sum(s.good for s in needs), sum(s.asked for s in needs), needs, needs),
    )


def _totals(within: Within, totals: Sequence[Total]) -> list[Total]:
    return [
        total
        for total in totals
        if total.day <= within.at and within.holds(place=total.place, engagement=total.engagement)
    ]
