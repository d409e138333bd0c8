"""The findings that raise themselves: their rules, in the words of the page.

Thresholds are conventions of this method, not of any law (indicators.md, design rule 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

IN_TIME_LEAST = Fraction(70, 100)  # R1 under this is a finding
REPLY_GAP_DAYS = 14  # residents' median wait over staff's, from which it is a finding
EPISODES = 3  # quarters in which an undecided issue was raised, from which it is a finding
PROMISE_GAP = -2  # levels; at or under this is a finding


class Severity(StrEnum):
    RED = "red"
    AMBER = "amber"
    NOTE = "note"


@dataclass(frozen=True)
class AlertRule:
    """`sentence` is filled in with the finding's data; it speaks of what was done, of nobody."""

    code: str
    severity: Severity
    name: str
    rule: str
    sentence: str


def _rule(code: str, severity: Severity, name: str, rule: str, sentence: str) -> AlertRule:
    return AlertRule(code, severity, name, rule, sentence)


RULES: dict[str, AlertRule] = {
    rule.code: rule
    for rule in (
        _rule(
            "false_citation",
            Severity.RED,
            "Quoted what was not said, or said too late",
            "A decision quotes words that fail our checks, and none from the community that pass.",
            "{false} of {cited} quotations in this decision fail our checks, and none of the "
            "community's words in it pass.",
        ),
        _rule(
            "options_fixed_first",
            Severity.RED,
            "The choices were settled before people were asked",
            "The day the options were fixed comes before the day people were first asked.",
            "The options were fixed {days} days before people were asked.",
        ),
        _rule(
            "promise_gap",
            Severity.RED,
            "Much less was done than was promised",
            "What was delivered is two levels or more below the promise made at the start.",
            "People were promised level {promised} of 5. Level {delivered} was delivered.",
        ),
        _rule(
            "claimed_not_done",
            Severity.RED,
            "Said to be done, but nobody has seen it",
            "An action is said to be done, and 30 days after it was due nobody in the community "
            "has confirmed it.",
            "This action is said to be done. It was due {days} days ago and nobody in the "
            "community has confirmed it.",
        ),
        _rule(
            "late_replies",
            Severity.AMBER,
            "Too many replies are late or missing",
            "Fewer than 7 in 10 people had a reply within 28 days.",
            "{x} of {n} had a reply within 28 days.",
        ),
        _rule(
            "reply_gap",
            Severity.AMBER,
            "Residents wait longer than staff",
            "Half of residents wait at least 14 days longer for a reply than half of staff do.",
            "Half of staff had a reply within {staff} days. For residents it takes {residents}.",
        ),
        _rule(
            "same_conversations",
            Severity.AMBER,
            "The same conversation, over and over",
            "People raised it in three or more quarters of a year, and nothing has been decided.",
            "Raised in {episodes} different quarters, with no decision for {days} days.",
        ),
        _rule(
            "claimed_more",
            Severity.AMBER,
            "More use of people's words is claimed than can be shown",
            "Some decisions say they used the community's words, but none of them pass our checks.",
            "{claimed} of {n} decisions say they used what the community said. It can be shown "
            "for {genuine}.",
        ),
        _rule(
            "own_view",
            Severity.AMBER,
            "Spoke for people without passing on what they said",
            "Someone who speaks for others made a statement that rests on nothing they were told.",
            "This statement passes on nothing that anybody said.",
        ),
        _rule(
            "vote_overridden",
            Severity.AMBER,
            "The vote was not followed, and no reason was given",
            "What most people voted for was not adopted and no reasons were published.",
            "What most people voted for was not adopted, and no reasons were published.",
        ),
        _rule(
            "cherry_picking",
            Severity.AMBER,
            "Only the convenient views got through",
            "What fits with current plans changes decisions more often than what challenges them, "
            "by more than chance explains.",
            "{aligned} of {aligned_n} views that fit current plans changed something. Of those "
            "that challenge them, {challenging} of {challenging_n} did.",
        ),
        _rule(
            "sector_gap",
            Severity.AMBER,
            "Staff and residents are not heard alike",
            "Residents' and staff's words change decisions at different rates, by more than "
            "chance explains.",
            "Residents: {residents} of {residents_n} changed something. Staff: {staff} of "
            "{staff_n}.",
        ),
        _rule(
            "place_gap",
            Severity.AMBER,
            "Some places are heard more than others",
            "Words from one place change decisions more often than words from another, by more "
            "than chance explains.",
            "In one place {high} of {high_n} changed something, in another {low} of {low_n}.",
        ),
        _rule(
            "too_few",
            Severity.NOTE,
            "Too few to say",
            "A figure made from fewer than five cases says little about how things are done.",
            "{count} figures are made from fewer than five cases: too few to say.",
        ),
        _rule(
            "disputes_open",
            Severity.NOTE,
            "Some people say they were misquoted",
            "Somebody says a quotation is not what they said, and nobody has checked it yet.",
            "{count} quotations are disputed and not yet checked. They count as they stand.",
        ),
        _rule(
            "starting_out",
            Severity.NOTE,
            "Starting out",
            "A body that finished fewer than two engagements in the last year is given no rung.",
            "{completed} finished in the last twelve months: too early to place on the ladder.",
        ),
    )
}
