"""Whether a citation is what it claims to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coprod.events import Effect
from coprod.insight.facts import Citation, Contribution, Decision, Facts

CHANGING = frozenset({Effect.CHANGED, Effect.SHAPED})


@dataclass(frozen=True, slots=True)
class Checked:
    """A citation, looked at on one day.

    `contribution` is None if the record knows none by that id. `removed`: taken off the decision
    since. `disputed`: its author says it is wrong and nobody has looked yet; until somebody has,
    it counts as it stands, and is reported apart.
    """

    citation: Citation
    contribution: Contribution | None
    genuine: bool
    removed: bool
    disputed: bool
    upheld: bool

    @property
    def counts(self) -> bool:
        """Still claimed; or shown to be false, which taking it off does not undo."""
        return not self.removed or self.upheld

    @property
    def community(self) -> bool:
        """It cites the community's side."""
        return self.contribution is not None and self.contribution.community

    @property
    def changed_something(self) -> bool:
        """Genuine, with the words before and after it shown."""
        cited = self.citation
        return self.genuine and cited.amended and cited.effect in CHANGING


def check(facts: Facts, cited: Citation, made: Decision, at: date) -> Checked:
    """Look at a citation as it stood at the end of that day.

    Genuine: put in no later than the day the paper was final; the quoted words occur in it; not
    the citing person's own; not disputed with success. Source: indicators.md, definitions.
    """
    said = facts.contributions.get(cited.contribution)
    upheld = bool(facts.upheld.at(cited.id, at))
    return Checked(
        citation=cited,
        contribution=said,
        genuine=(
            said is not None
            and said.day <= made.paper_final
            and cited.quoted
            and (cited.actor is None or cited.actor != said.author)
            and not upheld
        ),
        removed=bool(facts.removed.at(cited.id, at)),
        disputed=bool(facts.disputed.at(cited.id, at)),
        upheld=upheld,
    )
