"""All the findings on one scope, as the record stood at the end of one day. Never one score."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from coprod.insight.agenda import Agenda, agenda
from coprod.insight.alerts import Alert, alerts
from coprod.insight.calendar import (
    RIGHT_OF_REPLY,
    is_working_day,
    working_days_after,
    working_days_before,
)
from coprod.insight.counts import Counts, counts
from coprod.insight.facts import Facts
from coprod.insight.figures import Gap, Measure, Share, Wait
from coprod.insight.indicators import METHOD
from coprod.insight.influence import Channels, Influence, channels, influence
from coprod.insight.promises import (
    COMPLETED_ENOUGH,
    Promises,
    Verdict,
    completed,
    promises,
    verdict,
)
from coprod.insight.reach import Answers, Fit, reach
from coprod.insight.replies import Replies, answers_to, replies
from coprod.insight.representation import Representation, representation
from coprod.insight.rules import Severity
from coprod.insight.scope import Extent, Scope
from coprod.insight.standards import Band, Profile, standards
from coprod.insight.timing import Timing, timing
from coprod.insight.voices import Voices, voices
from coprod.insight.votes import Votes, votes
from coprod.insight.within import Within

Figure = Share | Gap | Wait | Measure


@dataclass(frozen=True)
class Findings:
    """A profile of `scope` at the end of `at`, by `method`.

    `alerts` run from the most severe. `starting_out`: a body with fewer than two engagements
    completed in the last twelve months, whose page shows no rung.
    """

    scope: Scope
    at: date
    method: str
    counts: Counts
    replies: Replies
    influence: Influence
    channels: Channels
    timing: Timing
    agenda: Agenda
    voices: Voices
    promises: Promises
    representation: Representation
    votes: Votes
    verdict: Verdict
    reach: tuple[Fit, ...]
    standards: Mapping[str, Band]
    alerts: tuple[Alert, ...]
    starting_out: bool

    def figures(self) -> Iterator[Figure]:
        """Every figure of the whole scope, once; those by sector, place or engagement left out."""
        for part in fields(self):
            theme = getattr(self, part.name)
            if is_dataclass(theme):
                for one in fields(theme):
                    figure = getattr(theme, one.name)
                    if isinstance(figure, Figure):
                        yield figure

    def figure(self, code: str) -> Figure | None:
        """The first figure of that code, for the whole scope; None if there is none to give."""
        return next((figure for figure in self.figures() if figure.code == code), None)


def assess(facts: Facts, scope: Scope, at: date, monitoring: Sequence[Answers] = ()) -> Findings:
    """What the record says of `scope` at the end of the London day `at`.

    `monitoring` are voluntary answers about people, which are not on the record (P1 to P3).
    """
    within = Within(facts, scope, at)
    answers = answers_to(within)
    profile = Profile(
        replies=replies(within, answers),
        influence=influence(within),
        channels=channels(within),
        timing=timing(within),
        voices=voices(within),
        promises=promises(within, answers),
        representation=representation(within),
        verdict=verdict(within),
        reach=reach(within, monitoring),
    )
    led, voted = agenda(within), votes(within)
    done = completed(within, profile.promises.engagements)
    found = Findings(
        scope=scope,
        at=at,
        method=METHOD,
        counts=counts(within),
        agenda=led,
        votes=voted,
        standards=standards(within, profile),
        alerts=(),
        starting_out=scope.extent is Extent.BODY and done < COMPLETED_ENOUGH,
        **{part.name: getattr(profile, part.name) for part in fields(profile)},
    )
    shares = [figure for figure in found.figures() if isinstance(figure, Share)]
    raised = alerts(within, profile, led, voted, shares)
    if found.starting_out:
        raised.append(Alert("starting_out", Severity.NOTE, body=scope.id, data={"completed": done}))
    return replace(found, alerts=tuple(raised))


class Earlier(Protocol):
    """What is needed of an assessment of an earlier day."""

    @property
    def at(self) -> date: ...

    @property
    def alerts(self) -> tuple[Alert, ...]: ...


def published(now: Findings, earlier: Sequence[Earlier]) -> Findings:
    """`now` with its alerts marked public or not, from assessments of earlier days.

    An alert about a body is public once it was already true ten working days before. `earlier` may
    hold any days; an alert counts as true since the first day of the unbroken run up to now.
    """
    days = sorted(earlier, key=lambda findings: findings.at, reverse=True)
    held = [(findings.at, {alert.key for alert in findings.alerts}) for findings in days]
    return replace(now, alerts=tuple(_marked(alert, now.at, held) for alert in now.alerts))


def _marked(alert: Alert, at: date, held: Sequence[tuple[date, set[str]]]) -> Alert:
    since = at
    for day, keys in held:
        if alert.key not in keys:
            break
        since = day
    if alert.body is None:
        return replace(alert, public=True, public_from=since)
    due = working_days_after(since, RIGHT_OF_REPLY)
    return replace(alert, public=due <= at, public_from=due)


def assess_with_right_of_reply(
    facts: Facts, scope: Scope, at: date, monitoring: Sequence[Answers] = ()
) -> Findings:
    """`assess`, with each alert marked public or not."""
    now = assess(facts, scope, at, monitoring)
    return with_right_of_reply(now, lambda day: assess(facts, scope, day, monitoring))


def with_right_of_reply(now: Findings, look: Callable[[date], Earlier]) -> Findings:
    """`now` with each alert marked public or not; `look` assesses the same scope on another day.

    Looks at the days between only if something about a body was not yet true ten working days
    before, to say from when it will be public.
    """
    at = now.at
    # On a day off the tenth day has not yet begun, so one more is needed.
    first = working_days_before(at, RIGHT_OF_REPLY + (not is_working_day(at)))
    earlier = [look(first)]
    known = {alert.key for alert in earlier[0].alerts}
    if any(alert.body is not None and alert.key not in known for alert in now.alerts):
        days = (first + timedelta(days=step) for step in range(1, (at - first).days))
        earlier += [look(day) for day in days if is_working_day(day)]
    return published(now, earlier)
