"""The findings that raise themselves, made ready to print, each with the body's right of reply.

One about a body is shown to nobody but those who may reply for it until its ten working days are
over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from coprod import findings
from coprod.findings import FindingReply, Kind, Named
from coprod.insight import INDICATORS, RULES, Alert, AlertRule, Findings, Severity
from coprod.web.findings.rows import RESTS_ON
from coprod.web.findings.scopes import Subject
from coprod.web.findings.words import SEVERITIES

LINKED = 3  # things a finding rests on that are linked one by one; more are a page of rows

# What each finding is about, where it is about one thing.
ABOUT: dict[str, Kind] = {
    "false_citation": Kind.DECISION,
    "options_fixed_first": Kind.ENGAGEMENT,
    "promise_gap": Kind.ENGAGEMENT,
    "claimed_not_done": Kind.ACTION,
    "same_conversations": Kind.ISSUE,
    "own_view": Kind.STATEMENT,
    "vote_overridden": Kind.POLL,
}

# The figure whose rows show what a finding on a whole scope rests on, which of its rows, and what
# they are.
_ROWS = {
    "late_replies": ("R1", "no", "what had no reply in time"),
    "reply_gap": ("R2", "no", "what is still waiting"),
    "claimed_more": ("I3", "no", "the decisions with no quotation that passes"),
    "cherry_picking": ("X1", "", "the views on both sides"),
    "sector_gap": ("I2", "", "what residents and staff said"),
    "place_gap": ("I2p", "", "what was said in both places"),
    "disputes_open": ("I4", "", "all quotations"),
}

# What to call things that have no title of their own.
_UNNAMED = {
    Kind.ACTION: "An agreed action",
    Kind.STATEMENT: "What a representative said",
    Kind.POLL: "A vote",
    Kind.DATE: "A promised date",
}


@dataclass(frozen=True)
class Link:
    words: str
    href: str


@dataclass(frozen=True)
class One:
    """One finding. `public_from` is given while it is not public yet; `reply_href` to those who
    may reply for the body.
    """

    key: str
    sentence: str
    about: Link | None
    rests_on: tuple[Link, ...]
    body: Named | None
    replies: Sequence[FindingReply]
    public_from: date | None
    reply_href: str


@dataclass(frozen=True)
class Raised:
    """Every finding of one rule on this page."""

    rule: AlertRule
    severity: Severity
    ones: tuple[One, ...]

    @property
    def word(self) -> str:
        return SEVERITIES[self.severity]


def seen(found: Findings, mine: Collection[UUID]) -> list[Alert]:
    """The findings that may be shown to somebody who may reply for the bodies `mine`."""
    return [alert for alert in found.alerts if alert.public or alert.body in mine]


def held_back(found: Findings) -> frozenset[UUID]:
    """Ids of quotations that a finding which is not public yet says are false."""
    return frozenset(
        row
        for alert in found.alerts
        if alert.code == "false_citation" and not alert.public
        for row in alert.rows
    )


def needed(alerts: Sequence[Alert]) -> Mapping[Kind, set[UUID]]:
    """The ids of everything that these findings name, by kind."""
    wanted: defaultdict[Kind, set[UUID]] = defaultdict(set)
    for alert in alerts:
        if alert.body is not None:
            wanted[Kind.BODY].add(alert.body)
        if alert.subject is not None:
            wanted[ABOUT[alert.code]].add(alert.subject)
        if alert.code in RESTS_ON and len(alert.rests_on) <= LINKED:
            wanted[RESTS_ON[alert.code]].update(alert.rows)
    return wanted


def raised(
    alerts: Sequence[Alert], subject: Subject, names: Mapping[UUID, Named], mine: Collection[UUID]
) -> tuple[Raised, ...]:
    """Findings by rule, the most severe first."""
    replies = findings.replies({alert.body for alert in alerts if alert.body is not None})
    by_rule: dict[tuple[Severity, str], list[One]] = {}
    for alert in alerts:
        key = findings.key(subject.scope, alert)
        given = replies.get((alert.body, key), ()) if alert.body else ()
        ready = One(
            key=key,
            sentence=alert.sentence,
            about=_about(alert, subject, names),
            rests_on=tuple(_rests_on(alert, subject, names)),
            body=names.get(alert.body) if alert.body else None,
            replies=given,
            public_from=None if alert.public else alert.public_from,
            reply_href=_reply_href(alert, key, subject, names, mine),
        )
        by_rule.setdefault((alert.severity, alert.code), []).append(ready)
    return tuple(
        Raised(RULES[code], severity, tuple(ones)) for (severity, code), ones in by_rule.items()
    )


def _about(alert: Alert, subject: Subject, names: Mapping[UUID, Named]) -> Link | None:
    about = names.get(alert.subject) if alert.subject else None
    return link(about) if about and about.id != subject.scope.id else None


def _reply_href(
    alert: Alert, key: str, subject: Subject, names: Mapping[UUID, Named], mine: Collection[UUID]
) -> str:
    body = names.get(alert.body) if alert.body in mine and alert.body else None
    if body is None or subject.past:
        return ""
    return url_for("findings.reply", slug=body.slug, finding=key)


def _rests_on(alert: Alert, subject: Subject, names: Mapping[UUID, Named]) -> Iterator[Link]:
    if alert.code == "too_few":
        for code in str(alert.data["codes"]).split(", "):
            yield Link(INDICATORS[code].name, f"#figure-{code.lower()}")
    elif alert.code in _ROWS:
        code, part, what = _ROWS[alert.code]
        yield Link(what, subject.address("_rows", code=code, part=part or None))
    elif alert.code == "same_conversations":
        return  # the conversation's own page has all that was said
    elif len(alert.rests_on) <= LINKED and alert.rows != (alert.subject,):
        for row in alert.rows:
            if row in names:
                yield link(names[row])


def link(one: Named) -> Link:
    """Where a thing is to be read, and what to call it."""
    words = one.words or _UNNAMED.get(one.kind, "Words that may not be read now")
    match one.kind:
        case Kind.PLACE:
            return Link(words, url_for("places.show", slug=one.slug))
        case Kind.BODY:
            return Link(words, url_for("bodies.show", slug=one.slug))
        case Kind.ENGAGEMENT:
            return Link(words, url_for("engagements.show", engagement_id=one.id, slug=one.slug))
        case Kind.ISSUE:
            return Link(words, url_for("issues.show", issue_id=one.id, slug=one.slug))
        case Kind.CONTRIBUTION:
            return Link(words, url_for("contributions.show", contribution_id=one.id))
        case Kind.DECISION | Kind.CITATION | Kind.ACTION | Kind.STATEMENT:
            return Link(words, url_for("decisions.show", decision_id=one.on) if one.on else "")
        case Kind.POLL | Kind.DATE:
            on = one.on
            return Link(words, url_for("engagements.show", engagement_id=on) if on else "")
