"""What every method is given and gives: the ballot paper, what a ballot says, the outcome."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

Choices = Mapping[UUID, int]  # what a ballot says of each option that it names


@dataclass(frozen=True)
class Paper:
    """A ballot paper: the options in the order drawn by lot, and how many may be chosen."""

    options: tuple[UUID, ...]
    choose: int


@dataclass(frozen=True)
class Outcome:
    """`votes` has every option of the paper; `order` puts them first to last, ties resolved."""

    votes: Mapping[UUID, int]
    order: tuple[UUID, ...]
