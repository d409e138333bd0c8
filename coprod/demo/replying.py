"""How planners answer where a story does not give the answer word for word.

Each reply takes up what the person said, gives a ground, and says what happens next.
"""

from __future__ import annotations

import re
from random import Random

from coprod.demo.texts import Told
from coprod.events import Reason, ReplyOutcome

SHORTEST = 28  # characters of a sentence worth quoting back

HOW = (
    "You told us: “{point}”",
    "Thank you. The part that stayed with us was “{point}”",
    "We have read this more than once. You wrote “{point}”",
    "“{point}” That is a fair thing to say, and it deserves a straight answer.",
    "You made the point that “{point}”",
    "You are right to raise it. In your words: “{point}”",
    "This came up at the group's last meeting, and your line “{point}” was read out.",
    "Sorry you had to write to tell us “{point}”",
)

GROUNDS: dict[tuple[ReplyOutcome, Reason], tuple[str, ...]] = {
    (ReplyOutcome.NOT_ADOPTED, Reason.COST): (
        "We priced it. It would cost more than the whole of this year's locality fund, so we "
        "cannot do it from here.",
        "There is no money for it this year. We would rather say so than keep you hoping.",
        "The cheapest quotation we had was for three times what we hold. The answer is no for now.",
    ),
    (ReplyOutcome.NOT_ADOPTED, Reason.CLINICAL_SAFETY): (
        "The nurses who do this work say it would not be safe without a second person there, and "
        "there is no second person.",
        "The pharmacy lead advised against it, because medicines would leave the building without "
        "a check.",
    ),
    (ReplyOutcome.NOT_ADOPTED, Reason.CAPACITY): (
        "The team is three people short. If we said yes, somebody else's visit would be missed.",
        "We asked the team. They could start it, but not keep it up past the summer.",
    ),
    (ReplyOutcome.NOT_ADOPTED, Reason.NATIONAL_DIRECTION): (
        "The rules for this are made nationally and we may not change them here. We have written "
        "to say what it does to people.",
    ),
    (ReplyOutcome.ADOPTED_IN_PART, Reason.OTHER_INPUT): (
        "Others asked for the opposite, so we went half way: mornings stay as they were and the "
        "afternoon changes.",
        "We have taken the first half of what you suggest. On the second, more people were against "
        "than for.",
    ),
    (ReplyOutcome.ADOPTED_IN_PART, Reason.COST): (
        "We can do it for one day a week and see. Five days is beyond what we have.",
        "The small version of this goes ahead in the spring. The full one would need money from "
        "the Board.",
    ),
    (ReplyOutcome.ALREADY_HAPPENING, Reason.EVIDENCE): (
        "It does exist, though clearly not so that anyone would find it. The number is on the "
        "health centre door, and we have asked for it to go on the pharmacy bags.",
        "This began in the autumn. That you had not heard of it is our failing and not yours.",
    ),
    (ReplyOutcome.PASSED_ON, Reason.REMIT): (
        "This is for the council's roads service and not for us. We sent it to them with your "
        "words as they stand, and asked them to write to you.",
        "Buses are decided elsewhere. We have passed it to the transport authority and will chase "
        "an answer at the end of the month.",
        "The practice runs its own telephones, so we have put it to the practice manager. We can "
        "ask, but not order.",
    ),
    (ReplyOutcome.STILL_DECIDING, Reason.EVIDENCE): (
        "We do not know yet. We have asked for a year of figures and will not pretend to have an "
        "answer before we have seen them.",
        "It is on the list for the next paper. If it drops off the list, you will hear that too.",
    ),
    (ReplyOutcome.ADOPTED, Reason.EVIDENCE): (
        "We looked into it, you were right, and it has been changed.",
        "Yes. It cost nothing but a phone call, and we should have made it a year ago.",
    ),
}

NEXT = (
    "The group looks at it again on the second Tuesday of next month.",
    "If this does not answer you, say so below and it will be looked at again.",
    "The team manager for {area} will write to you when there is a date.",
    "You can come and hear it discussed: the meeting is open, and there is tea.",
    "We will put a line about it in the next {area} bulletin.",
    "Nothing more happens unless somebody raises it again, and you may.",
    "The planner for {area} keeps it on the list until it is done or refused.",
)


def compose(lots: Random, said: str, area: str) -> Told:
    """An answer to what somebody said, drawn by lot."""
    outcome, reason = lots.choice(list(GROUNDS))
    ground = lots.choice(GROUNDS[outcome, reason])
    how = lots.choice(HOW).format(point=_point(said))
    follows = lots.choice(NEXT).format(area=area)
    return Told(outcome, (reason,), f"{how} {ground} {follows}")


def _point(said: str) -> str:
    """A sentence of what they said, to answer."""
    sentences = sentences_of(said)
    return next((one for one in sentences if len(one) >= SHORTEST), sentences[0])


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each with its stop."""
    return [one.strip() for one in re.split(r"(?<=[.!?])\s+", text.strip()) if one.strip()]
