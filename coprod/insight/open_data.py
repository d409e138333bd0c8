"""Findings as plain JSON: under each code for whoever builds on them, and under the long names
that the worked example fixes (data/indicators/expected.json). Numbers are rounded to 4 places.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from coprod.insight.assessment import Findings
from coprod.insight.delivery import Delivered
from coprod.insight.figures import Gap, Measure, Share, Wait
from coprod.insight.indicators import INDICATORS
from coprod.insight.reach import Fit, Question
from coprod.insight.timing import ITEMS
from coprod.insight.worked import as_worked, first_ratio_interval, rounded

Labelled = Callable[[UUID], str]


def as_json(findings: Findings, label: Labelled) -> dict[str, Any]:
    """Everything, exact counts of people included: for the operator, not for the public.

    `label` names places, engagements, decisions and the rest as the reader knows them.
    """
    return _by_code(findings, label) | as_worked(findings, label)


def as_open_json(findings: Findings, label: Labelled) -> dict[str, Any]:
    """Everything that may be published: counts of people have been through disclosure control,
    and of the alerts only those that the body has had its time to answer. A rung that rests on one
    that it has not, and those of a body that is starting out, are left out ("held": true).
    """
    said = as_json(findings, label)
    said["promise"] = {
        label(one.engagement): _held(findings, one, said["promise"][label(one.engagement)])
        for one in findings.promises.engagements
    }
    said["P1"] = {
        label(fit.place): _shown(fit)
        for fit in findings.reach
        if fit.question is Question.DEPRIVATION
    }
    said["P2"] = {place: {"value": shown["Q1_ratio"]} for place, shown in said["P1"].items()}
    said["P3"] = _by_question(findings, label, _shown)
    said["alerts"] = [_alert(alert, label) for alert in findings.alerts if alert.public]
    return said


def _held(findings: Findings, one: Delivered, said: Mapping[str, Any]) -> Mapping[str, Any]:
    untold = {row for alert in findings.alerts if not alert.public for row in alert.rows}
    if findings.starting_out or (one.review and not untold.isdisjoint(one.false_citations)):
        return {**said, "arnstein": None, "held": True}
    return said


def _by_code(findings: Findings, label: Labelled) -> dict[str, Any]:
    said: dict[str, Any] = {
        "method": findings.method,
        "at": findings.at.isoformat(),
        "scope": {
            "extent": findings.scope.extent.value,
            "id": None if findings.scope.id is None else label(findings.scope.id),
        },
        "contributions": findings.counts.contributions,
        "units": findings.counts.units,
        "group_headcount": findings.counts.group_headcount,
        "unlinkable": findings.counts.unlinkable,
        "open_disputes": len(findings.influence.open_disputes),
        "starting_out": findings.starting_out,
    }
    for figure in findings.figures():
        said.setdefault(figure.code, _figure(figure) | {"name": INDICATORS[figure.code].name})
    said |= _parts(findings, label)
    said["alerts"] = [_alert(alert, label) for alert in findings.alerts]
    return said


def _parts(findings: Findings, label: Labelled) -> dict[str, Any]:
    waits = {group: _figure(one) for group, one in findings.replies.wait_by_sector.items()}
    return {
        "R2": _figure(findings.replies.wait)
        | {"name": INDICATORS["R2"].name, "by_sector": waits}
        | {"community_side": _figure(findings.replies.wait_community)},
        "I2": {
            "name": INDICATORS["I2"].name,
            "ratios": {g: rounded(one.value) for g, one in findings.influence.parity.items()},
            "gap": _optional(findings.influence.sector_gap),
        },
        "T2": _figure(findings.timing.long_enough)
        | {"days": {label(e): days for e, days in findings.timing.days_open.items()}},
        "T3": _figure(findings.timing.information_total)
        | {"of": ITEMS, "items": {label(e): n for e, n in findings.timing.information.items()}},
        "P2": {
            label(fit.place): {
                "value": rounded(fit.first_ratio),
                "interval": first_ratio_interval(fit),
                "label": fit.label.value,
            }
            for fit in findings.reach
            if fit.question is Question.DEPRIVATION
        },
        "P3": _by_question(findings, label, _fit),
        "W3": {
            label(one.decision or one.poll): _figure(one.tau) for one in findings.votes.agreement
        },
        "S1": _figure(findings.verdict.agreed) | {"bounds": _pair(findings.verdict.bounds)},
    }


def _by_question(
    findings: Findings, label: Labelled, write: Callable[[Fit], dict[str, Any]]
) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for fit in findings.reach:
        if fit.question is not Question.DEPRIVATION:
            said.setdefault(label(fit.place), {})[fit.question.value] = write(fit)
    return said


def _fit(fit: Fit) -> dict[str, Any]:
    return {
        "n": fit.n,
        "groups": list(fit.groups),
        "counts": list(fit.counts),
        "D": rounded(fit.d),
        "expected_D": rounded(fit.chance),
        "excess": rounded(fit.excess),
        "ratios": [rounded(one) for one in fit.ratios],
        "response": rounded(fit.response),
        "label": fit.label.value,
    }


def _shown(fit: Fit) -> dict[str, Any]:
    shown = fit.shown
    return {
        "n": shown.counts.total,
        "groups": list(fit.groups),
        "counts": list(shown.counts.counts),
        "percent": list(shown.percents),
        "D": shown.d,
        "excess": shown.excess,
        "Q1_ratio": shown.first_ratio,
        "label": fit.label.value,
    }


def _figure(figure: Share | Gap | Wait | Measure) -> dict[str, Any]:
    if isinstance(figure, Share):
        return {
            "x": figure.x,
            "n": figure.n,
            "value": rounded(figure.value),
            "interval": _pair(figure.interval),
            "label": figure.label.value,
        }
    if isinstance(figure, Gap):
        return {
            "first": _figure(figure.first),
            "second": _figure(figure.second),
            "value": rounded(figure.difference),
            "interval": _pair(figure.interval),
            "label": figure.label.value,
        }
    if isinstance(figure, Wait):
        return {
            "n": figure.n,
            "answered": figure.answered,
            "median": figure.median,
            "p75": figure.p75,
        }
    return {"value": rounded(figure.value), "n": figure.n}


def _optional(gap: Gap | None) -> dict[str, Any] | None:
    return None if gap is None else _figure(gap)


def _pair(two: Any) -> list[float | None] | None:
    return None if two is None else [rounded(one) for one in two]


def _alert(alert: Any, label: Labelled) -> Mapping[str, Any]:
    return {
        "code": alert.code,
        "severity": alert.severity.value,
        "subject": None if alert.subject is None else label(alert.subject),
        "body": None if alert.body is None else label(alert.body),
        "sentence": alert.sentence,
        "public": alert.public,
        "public_from": None if alert.public_from is None else alert.public_from.isoformat(),
    }
