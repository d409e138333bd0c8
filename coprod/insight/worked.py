"""Findings under the long names of the worked example, exactly as data/indicators/expected.json
has them: what outsiders check their own recomputation against.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from coprod.insight.assessment import Findings
from coprod.insight.delivery import Delivered
from coprod.insight.figures import Gap, Share
from coprod.insight.reach import Fit, Question
from coprod.insight.statistics import Label, wilson
from coprod.insight.timing import ITEMS

Labelled = Callable[[UUID], str]
Said = dict[str, Any]

EVIDENCE = {Label.FIRM: "firm", Label.EARLY: "early_sign", Label.TOO_FEW: "too_few"}


def as_worked(findings: Findings, label: Labelled) -> Said:
    """The findings in the shape of the worked example."""
    return {
        **_replies(findings),
        **_influence(findings, label),
        **_timing(findings, label),
        **_agenda(findings),
        **_voices(findings),
        **_reach(findings, label),
        **_promises(findings, label),
        **_spoken(findings),
        **_votes(findings, label),
        "standards": {name: band.value for name, band in findings.standards.items()},
    }


def rounded(value: Fraction | float | None) -> float | None:
    """To four places; None stays None."""
    if value is None:
        return None
    return round(float(value), 4)


def _share(share: Share) -> Said:
    interval = share.interval
    return {
        "x": share.x,
        "n": share.n,
        "value": rounded(share.value),
        "wilson95": None if interval is None else [rounded(end) for end in interval],
        "evidence": EVIDENCE[share.label],
    }


def _gap(gap: Gap | None) -> list[float | None] | None:
    if gap is None:
        return None
    return [rounded(gap.difference), *(rounded(end) for end in gap.interval)]


def _replies(findings: Findings) -> Said:
    replies = findings.replies
    return {
        "R1_response_within_28d": _share(replies.in_time),
        "R1b_any_response": _share(replies.any_reply),
        "R2_km_median_days": replies.wait.median,
        "R2_km_p75_days": replies.wait.p75,
        "R2_km_median_by_sector": {
            group: wait.median for group, wait in replies.wait_by_sector.items()
        },
        "R2_km_median_community_side": replies.wait_community.median,
        "R3_reasoned_of_due": _share(replies.reasoned),
        "R3r_reasoned_of_responses": _share(replies.reasoned_of_replies),
    }


def _influence(findings: Findings, label: Labelled) -> Said:
    influence, channels = findings.influence, findings.channels
    said: Said = {
        "I1_influence_decidable": _share(influence.rate),
        "I1u_influence_all": _share(influence.of_all),
        "I1_by_sector": {group: _share(one) for group, one in influence.by_sector.items()},
        "I1_community_side": _share(influence.community),
        "I1_by_locality": {label(place): _share(one) for place, one in influence.by_place.items()},
        "I2_parity_vs_STA": {group: rounded(one.value) for group, one in influence.parity.items()},
        "I2_gap_COM_minus_STA_newcombe": _gap(influence.sector_gap),
        "I3_provenance_coverage": _share(influence.provenance),
        "I3c_claimed_coverage": _share(influence.claimed),
        "I4_citation_genuineness": _share(influence.genuine),
        "I5_made_a_difference": _share(influence.difference),
        "C1_non_digital_share": _share(channels.assisted),
        "C2_channel_influence_parity": rounded(channels.parity.value),
        "X1_aligned_influence": _share(influence.aligned),
        "X1_challenging_influence": _share(influence.challenging),
        "X1_cherry_pick_gap_newcombe": _gap(influence.cherry_pick),
    }
    if influence.places_compared:
        high, low = map(label, influence.places_compared)
        said[f"I2_gap_{high}_minus_{low}_newcombe"] = _gap(influence.place_gap)
    return said


def _timing(findings: Findings, label: Labelled) -> Said:
    timing = findings.timing
    return {
        "T1_before_options_fixed": _share(timing.before_fixed),
        "T1c_community_side": _share(timing.before_fixed_community),
        "T2_days_open": {label(one): days for one, days in timing.days_open.items()},
        "T3_info_pack": {label(one): f"{n}/{ITEMS}" for one, n in timing.information.items()},
        "time_adequate": _share(timing.long_enough),
        "info_pack_total": _share(timing.information_total),
    }


def _agenda(findings: Findings) -> Said:
    agenda = findings.agenda
    return {
        "A1_decisions_community_initiated": _share(agenda.community_led),
        "A2_agenda_conversion_ratio": rounded(agenda.conversion.value),
        "A3_recurrence_of_undecided": _share(agenda.recurring),
        "A3m_mean_episodes": rounded(agenda.mean_episodes.value),
        "A4_stalled_contributions": _share(agenda.stalled),
        "A5_median_age_undecided_days": rounded(agenda.age.value),
    }


def _voices(findings: Findings) -> Said:
    voices = findings.voices
    return {
        "V1_gini": rounded(voices.gini.value),
        "V1_gini_corrected": rounded(voices.gini_corrected.value),
        "V2_hhi": rounded(voices.hhi.value),
        "V2_effective_voices": rounded(voices.effective.value),
        "V3_top10pct_share": rounded(voices.top_share.value),
        "V5_influence_gini": rounded(voices.influence_gini.value),
    }


def _reach(findings: Findings, label: Labelled) -> Said:
    return {
        "P1": {
            label(fit.place): _fit(fit)
            for fit in findings.reach
            if fit.question is Question.DEPRIVATION
        }
    }


def first_ratio_interval(fit: Fit) -> list[float | None] | None:
    """P2's interval. The worked example rounds the share's before it divides by the people's."""
    interval = wilson(fit.counts[0], fit.n) if fit.first_ratio is not None else None
    if interval is None:
        return None
    return [rounded(round(end, 4) / float(fit.shares[0])) for end in interval]


def _fit(fit: Fit) -> Said:
    return {
        "n": fit.n,
        "counts": list(fit.counts),
        "D": rounded(fit.d),
        "expected_D": rounded(fit.chance),
        "excess": rounded(fit.excess),
        "Q1_ratio": rounded(fit.first_ratio),
        "Q1_ratio_ci": first_ratio_interval(fit),
    }


def _promises(findings: Findings, label: Labelled) -> Said:
    promises = findings.promises
    return {
        "promise": {label(one.engagement): _delivered(one) for one in promises.engagements},
        "K1_promises_kept": _share(promises.kept),
        "K1m_mean_gap": rounded(promises.mean_gap.value),
        "K2_dates_kept": _share(promises.dates_kept),
        "F1_actions_confirmed": _share(promises.confirmed),
        "F1c_actions_claimed": _share(promises.claimed),
        "feedback_on_time": _share(promises.feedback_on_time),
    }


def _delivered(one: Delivered) -> Mapping[str, Any]:
    return {
        "tests": list(one.tests),
        "delivered": one.delivered,
        "promised": one.promised,
        "gap": one.gap,
        "arnstein": one.rung,
        "gunning": list(one.gunning),
        "reasoned": rounded(one.reasoned.value),
        "any_response": rounded(one.any_reply.value),
    }


def _spoken(findings: Findings) -> Said:
    spoken, verdict = findings.representation, findings.verdict
    return {
        "N1_chain": _share(spoken.grounded),
        "N1t_chain_TSI": _share(spoken.grounded_interface),
        "N2_full_loop": _share(spoken.full_loop),
        "N3_carry": _share(spoken.carried),
        "S1_feedback_agree": _share(verdict.agreed),
        "S1_bounds_all_invited": (
            None if verdict.bounds is None else [rounded(end) for end in verdict.bounds]
        ),
        "support_requests_met": _share(verdict.support),
    }


def _votes(findings: Findings, label: Labelled) -> Said:
    votes = findings.votes
    said: Said = {
        "W1_vote_agreement": _share(votes.followed),
        "W2_divergence_explained": _share(votes.explained),
    }
    for one in votes.agreement:
        about = one.decision or one.poll
        said[f"W3_kendall_tau_{label(about)}"] = rounded(one.tau.value)
    return said
