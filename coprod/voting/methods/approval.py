"""Choose up to so many: each option chosen has one vote, and the most votes comes first."""

from __future__ import annotations

from collections.abc import Iterable

from coprod.errors import Refused
from coprod.voting.methods.paper import Choices, Outcome, Paper

NAME = "approval"


def validate(choices: Choices, paper: Paper) -> Choices:
    """One vote for each option chosen: at least one, at most `paper.choose`."""
    chosen = [option for option in paper.options if option in choices]
    if len(chosen) != len(choices):
        raise Refused("Choose from what is on the ballot", "choices")
    if not chosen:
        raise Refused("Choose at least one", "choices")
    if len(chosen) > paper.choose:
        raise Refused(
            f"You chose {len(chosen)}. Choose {paper.choose} or fewer, so take some away.",
            "choices",
        )
    return dict.fromkeys(chosen, 1)


def tally(ballots: Iterable[Choices], paper: Paper) -> Outcome:
    """Most votes first; of two with equally many, the one drawn first by lot."""
    votes = dict.fromkeys(paper.options, 0)
    for choices in ballots:
        for option in choices:
            votes[option] += 1
    drawn = {option: place for place, option in enumerate(paper.options)}
    return Outcome(votes, tuple(sorted(votes, key=lambda o: (-votes[o], drawn[o]))))
