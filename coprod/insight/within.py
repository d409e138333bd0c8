"""The record as it stood at the end of one day, narrowed to one scope: what figures are made of.

A contribution whose text repeats another's (a campaign) is one *unit* with the first of them that
is in scope; replies to any copy, and citations of any, are the unit's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from uuid import UUID

from coprod.events import DECIDED
from coprod.insight.calendar import quarter
from coprod.insight.citations import Checked, check
from coprod.insight.facts import Asked, Citation, Contribution, Decision, Engagement, Facts, Issue
from coprod.insight.scope import Extent, Scope


@dataclass(frozen=True)
class Stretch:
    """An undecided or decided issue, with what was raised on it. `raised` leaves talk out."""

    issue: Issue
    decided: bool
    contributions: Sequence[Contribution]
    raised: Sequence[Contribution]

    @cached_property
    def episodes(self) -> int:
        """Calendar quarters in which it was raised."""
        return len({quarter(day) for day in {said.day for said in self.raised}})

    @cached_property
    def began(self) -> int:
        """The day it was opened, or first raised if that was earlier, as an ordinal."""
        said = min((said.ordinal for said in self.contributions), default=date.max.toordinal())
        return min(self.issue.day.toordinal(), said)


class Within:
    """`facts` at the end of the London day `at`, as far as they lie in `scope`."""

    def __init__(self, facts: Facts, scope: Scope, at: date) -> None:
        self.facts = facts
        self.scope = scope
        self.at = at
        self._issue_of: dict[Contribution, UUID | None] = {}
        self._looked_at: dict[Decision, list[Checked]] = {}

    # --- what is in scope -------------------------------------------------------------------------

    @cached_property
    def places(self) -> frozenset[UUID]:
        """The scope's places, where the scope is a place."""
        if self.scope.extent is Extent.PLACE and self.scope.id is not None:
            return self.facts.descendants(self.scope.id)
        return frozenset()

    def holds(
        self, *, place: UUID | None, engagement: UUID | None, body: UUID | None = None
    ) -> bool:
        """Whether something with that place, engagement and body is in scope."""
        extent, wanted = self.scope.extent, self.scope.id
        if extent is Extent.SITE:
            return True
        if extent is Extent.ENGAGEMENT:
            return engagement == wanted
        opened = None if engagement is None else self.facts.engagements.get(engagement)
        if extent is Extent.PLACE:
            where = place if place is not None or opened is None else opened.place
            return where in self.places
        who = body if body is not None or opened is None else opened.body
        return who == wanted

    @cached_property
    def engagements(self) -> tuple[Engagement, ...]:
        """Those opened, in the order of the record."""
        return tuple(
            opened
            for opened in self.facts.engagements.values()
            if opened.day <= self.at
            and self.holds(place=opened.place, engagement=opened.id, body=opened.body)
        )

    @cached_property
    def said(self) -> tuple[Contribution, ...]:
        """Every contribution in scope: withdrawn, hidden and erased ones too."""
        return tuple(said for said in self._candidates() if said.day <= self.at)

    def _candidates(self) -> Iterable[Contribution]:
        facts, wanted = self.facts, self.scope.id
        if self.scope.extent is Extent.SITE or wanted is None:
            return facts.contributions.values()
        if self.scope.extent is Extent.ENGAGEMENT:
            return facts.asked[wanted].said if wanted in facts.asked else ()
        if self.scope.extent is Extent.PLACE:
            return chain.from_iterable(
                spot.said for place in self.places if (spot := facts.spots.get(place))
            )
        asked = (
            asked.said
            for asked in facts.asked.values()
            if asked.opened is not None and asked.opened.body == wanted
        )
        apart = (said for said in facts.said_apart if self.answerable(said) == wanted)
        return chain(chain.from_iterable(asked), apart)

    # --- units ------------------------------------------------------------------------------------

    @cached_property
    def campaigns(self) -> dict[Contribution, list[Contribution]]:
        """For each unit that stands for several: its copies in scope, without itself."""
        first_of = self._firsts()
        together: defaultdict[UUID, list[Contribution]] = defaultdict(list)
        if first_of:
            for said in self.said:
                first = first_of.get(said.id, said.id)
                together[first].append(said)
        found = {}
        for members in together.values():
            if len(members) > 1:
                unit = min(members, key=lambda said: said.when)
                found[unit] = [said for said in members if said is not unit]
        return found

    def _firsts(self) -> dict[UUID, UUID]:
        known = self.facts.joined
        joined = {copy: first for copy in known if (first := known.at(copy, self.at)) is not None}
        for copy in joined:
            seen = {copy}
            while (first := joined.get(joined[copy])) is not None and first not in seen:
                seen.add(first)
                joined[copy] = first
        return joined

    @cached_property
    def unit_of(self) -> dict[Contribution, Contribution]:
        """For each copy, the unit that stands for it."""
        return {copy: unit for unit, copies in self.campaigns.items() for copy in copies}

    @cached_property
    def units(self) -> tuple[Contribution, ...]:
        """What is counted: contributions, with each campaign once."""
        if not self.campaigns:
            return self.said
        return tuple(said for said in self.said if said not in self.unit_of)

    @cached_property
    def tags(self) -> dict[Contribution, list[tuple[bool, str | None]]]:
        """Whether a contribution challenges policy, and who says so, oldest first."""
        known, tagged = self.facts.contributions, self.facts.tagged
        told = ((known.get(one), tagged.all(one, self.at)) for one in tagged)
        return {said: tags for said, tags in told if said is not None and tags}

    @cached_property
    def units_by_engagement(self) -> dict[UUID, list[Contribution]]:
        grouped: defaultdict[Asked, list[Contribution]] = defaultdict(list)
        for unit in self.units:
            if unit.asked is not None:
                grouped[unit.asked].append(unit)
        return {asked.id: units for asked, units in grouped.items()}

    # --- issues -----------------------------------------------------------------------------------

    def issue_of(self, said: Contribution) -> UUID | None:
        """The issue it is part of: its own, its engagement's, or that of what it answers."""
        root = said
        while root.above is not None:
            root = root.above
        if root not in self._issue_of:
            self._issue_of[root] = self._own_issue(root)
        return self._issue_of[root]

    def _own_issue(self, said: Contribution) -> UUID | None:
        moved = self.facts.gathered.at(said.id, self.at) if said.moved else None
        issue = moved or said.issue
        if issue is None and said.asked is not None and said.asked.opened is not None:
            return said.asked.opened.issue
        return issue

    def answerable(self, said: Contribution) -> UUID | None:
        """The body that owes an answer: its engagement's, else its issue's. None: nobody named."""
        if said.asked is not None and said.asked.opened is not None:
            return said.asked.opened.body
        issue = self.issue_of(said)
        return None if issue is None else self.issue_body(issue)

    def issue_body(self, issue: UUID) -> UUID | None:
        """Who decides on it: as opened, else whoever asked about it last."""
        opened = self.facts.issues.get(issue)
        if opened is not None and opened.body is not None:
            return opened.body
        return self._bodies_asking.get(issue)

    @cached_property
    def _bodies_asking(self) -> dict[UUID, UUID]:
        asking = sorted(
            (e for e in self.facts.engagements.values() if e.day <= self.at), key=lambda e: e.day
        )
        return {e.issue: e.body for e in asking if e.issue is not None}

    @cached_property
    def on_issue(self) -> dict[UUID, list[Contribution]]:
        """The units in scope by issue, those with none left out."""
        threads: defaultdict[Contribution, list[Contribution]] = defaultdict(list)
        for unit in self.units:
            root = unit
            while root.above is not None:
                root = root.above
            threads[root].append(unit)
        grouped: defaultdict[UUID, list[Contribution]] = defaultdict(list)
        for root, units in threads.items():
            issue = self.issue_of(root)
            if issue is not None:
                grouped[issue] += units
        return dict(grouped)

    @cached_property
    def stretches(self) -> tuple[Stretch, ...]:
        """Every issue in scope, with whether any body has decided on it by now."""
        return tuple(
            self._stretch(issue)
            for issue in self.facts.issues.values()
            if issue.day <= self.at and self._holds_issue(issue)
        )

    def _stretch(self, issue: Issue) -> Stretch:
        said = self.on_issue.get(issue.id, [])
        return Stretch(
            issue,
            decided=issue.id in self.last_decided,
            contributions=said,
            raised=[unit for unit in said if unit.parent is None],
        )

    def _holds_issue(self, issue: Issue) -> bool:
        if self.scope.extent is Extent.ENGAGEMENT:
            return any(opened.issue == issue.id for opened in self.engagements)
        return self.holds(place=issue.place, engagement=None, body=self.issue_body(issue.id))

    # --- decisions and citations ------------------------------------------------------------------

    @cached_property
    def all_decisions(self) -> tuple[Decision, ...]:
        """On the whole record by now; "noted" and "deferred" are here, and decide nothing."""
        return tuple(made for made in self.facts.decisions.values() if made.day <= self.at)

    @cached_property
    def papers(self) -> tuple[Decision, ...]:
        """Everything recorded at a meeting within the scope, whether or not it decided."""
        return tuple(made for made in self.all_decisions if self._holds_decision(made))

    @cached_property
    def decisions(self) -> tuple[Decision, ...]:
        """Those within the scope that decided something."""
        return tuple(made for made in self.papers if made.outcome in DECIDED)

    def decision_issue(self, made: Decision) -> UUID | None:
        """Its own issue, else its engagement's."""
        if made.issue is not None or made.engagement is None:
            return made.issue
        opened = self.facts.engagements.get(made.engagement)
        return None if opened is None else opened.issue

    def _holds_decision(self, made: Decision) -> bool:
        if self.scope.extent is Extent.ENGAGEMENT:
            return any(self.answers(made, opened) for opened in self.engagements)
        place, issue = made.place, self.decision_issue(made)
        if place is None and issue in self.facts.issues:
            place = self.facts.issues[issue].place
        return self.holds(place=place, engagement=made.engagement, body=made.body)

    def answers(self, made: Decision, opened: Engagement) -> bool:
        """Whether the decision is the outcome of that engagement."""
        if made.engagement is not None:
            return made.engagement == opened.id
        same = made.issue is not None and made.issue == opened.issue
        return same and made.decided >= opened.opens

    @cached_property
    def last_decided(self) -> dict[UUID, date]:
        """When each issue, and each engagement, was last decided on, by anybody."""
        latest: dict[UUID, date] = {}
        for made in self.all_decisions:
            if made.outcome in DECIDED:
                for about in (self.decision_issue(made), made.engagement):
                    if about is not None:
                        latest[about] = max(made.decided, latest.get(about, made.decided))
        return latest

    def looked_at(self, made: Decision) -> list[Checked]:
        """Every citation of that decision by now, those taken off as well."""
        if made not in self._looked_at:
            self._looked_at[made] = [
                check(self.facts, cited, made, self.at)
                for cited in self.facts.citing.get(made.id, ())
                if cited.day <= self.at
            ]
        return self._looked_at[made]

    def citations(self, made: Decision) -> list[Checked]:
        """What the decision cites and still stands, and what was shown to be false."""
        return [cited for cited in self.looked_at(made) if cited.counts]

    def every_citation(self) -> Iterator[Checked]:
        """Of every paper in scope, whether or not the paper decided anything."""
        for made in self.papers:
            yield from self.citations(made)

    @cached_property
    def decidable(self) -> tuple[Contribution, ...]:
        """Units on an issue (or in an engagement) decided by now, put in before it was."""
        last = self.last_decided
        found = dict.fromkeys(
            unit
            for grouped in (self.on_issue, self.units_by_engagement)
            for about, units in grouped.items()
            if (decided := last.get(about)) is not None
            for unit in units
            if unit.day < decided
        )
        return tuple(found)

    @cached_property
    def influential(self) -> frozenset[Contribution]:
        """Units with a genuine citation that changed or shaped a decision, text shown."""
        facts, unit_of = self.facts, self.unit_of
        known = {made.id: made for made in self.all_decisions if made.outcome in DECIDED}
        cited: Iterable[Sequence[Citation]] = facts.cited.values()
        if len(self.said) < len(facts.cited):
            cited = (facts.cited.get(said.id, ()) for said in self.said)
        looked_at = (
            check(facts, one, known[one.decision], self.at)
            for one in chain.from_iterable(cited)
            if one.day <= self.at and one.decision in known
        )
        return frozenset(
            unit_of.get(one.contribution, one.contribution)
            for one in looked_at
            if one.counts and one.changed_something and one.contribution is not None
        )
