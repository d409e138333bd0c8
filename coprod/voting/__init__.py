"""Voting on what was put forward: one person, one ballot, hidden until it closes.

`opening` says the rules, `casting` takes ballots, `paper` those on paper, `closing` counts them,
`answering` tells what the body did with the result; `methods` has a module for each way to vote.
"""

from coprod.voting.answering import answer
from coprod.voting.casting import Receipt, cast, mine, proof
from coprod.voting.closing import (
    KEPT,
    TELL_MIN,
    close,
    close_due,
    dispute,
    forget_voters,
    settle,
    withheld,
)
from coprod.voting.history import Told, bring_in_tally
from coprod.voting.model import (
    LIST_MIN,
    OPTIONS_MAX,
    Ballot,
    GroupCount,
    PaperBatch,
    Poll,
    PollOption,
)
from coprod.voting.opening import DUTY_MAX, NO_CHANGE, QUESTION_MAX, open_, words_of
from coprod.voting.paper import (
    BATCH_MAX,
    CHANNELS,
    SOURCE_MAX,
    batches,
    check,
    discard,
    enter,
    read_papers,
)
from coprod.voting.reading import (
    Line,
    ballot_list,
    by_place,
    disputed,
    fairly,
    get,
    groups,
    of,
    turnout,
)

__all__ = [
    "BATCH_MAX",
    "CHANNELS",
    "DUTY_MAX",
    "KEPT",
    "LIST_MIN",
    "NO_CHANGE",
    "OPTIONS_MAX",
    "QUESTION_MAX",
    "SOURCE_MAX",
    "TELL_MIN",
    "Ballot",
    "GroupCount",
    "Line",
    "PaperBatch",
    "Poll",
    "PollOption",
    "Receipt",
    "Told",
    "answer",
    "ballot_list",
    "batches",
    "bring_in_tally",
    "by_place",
    "cast",
    "check",
    "close",
    "close_due",
    "discard",
    "dispute",
    "disputed",
    "enter",
    "fairly",
    "forget_voters",
    "get",
    "groups",
    "mine",
    "of",
    "open_",
    "proof",
    "read_papers",
    "settle",
    "turnout",
    "withheld",
    "words_of",
]
