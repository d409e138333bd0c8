"""Ways to vote: one module each, all of one shape, so that another way is another module.

A ballot says something of each option it names: that it is chosen (1), its rank, its share of a
budget. What that means is for its method alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from coprod.errors import NotFound
from coprod.voting.methods import approval
from coprod.voting.methods.paper import Choices, Outcome, Paper

__all__ = ["METHODS", "Choices", "Method", "Outcome", "Paper", "method"]


class Method(Protocol):
    """What a way to vote knows. `NAME` is what the record and the database call it."""

    NAME: str

    def validate(self, choices: Choices, paper: Paper) -> Choices:
        """The choices as they will be kept. Raises Refused, for field "choices"."""

    def tally(self, ballots: Iterable[Choices], paper: Paper) -> Outcome:
        """The votes for every option of the paper, and the order they put the options in."""


METHODS: Mapping[str, Method] = {approval.NAME: approval}


def method(name: str) -> Method:
    """The method of that name. Raises NotFound."""
    if name not in METHODS:
        raise NotFound("There is no such way to vote.")
    return METHODS[name]
