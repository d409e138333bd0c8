"""A question put to people: what is promised, what can change, who decides, and its stages.

`model` is the engagement and its lock, `planning` what must be said before it opens, `stages` how
it moves on, `options` the choices, `changes` what may change meanwhile, `feedback` what people are
told in the end, `history` engagements held elsewhere.
"""

from coprod.engagements.afterwards import bring_in_support_requests, bring_in_survey
from coprod.engagements.changes import appraised, extend, fix_options, record_appraisal
from coprod.engagements.dates import meet_date, promise_date
from coprod.engagements.feedback import give_feedback
from coprod.engagements.history import Held, bring_in, bring_in_date
from coprod.engagements.model import (
    TEXT_MAX,
    TITLE_MAX,
    WORDS,
    Engagement,
    Information,
    Point,
    PromisedDate,
    Step,
    StepKind,
    get,
    hold,
    lock,
    words_of,
)
from coprod.engagements.options import (
    Cost,
    Option,
    add_option,
    options,
    remove_option,
)
from coprod.engagements.planning import (
    Missing,
    NotReady,
    Plan,
    Section,
    edit,
    missing,
    plan,
    see_history,
)
from coprod.engagements.reading import (
    Listed,
    Showing,
    by_slug,
    counts,
    for_body,
    listed,
    of,
    on,
    promised_dates,
    steps,
)
from coprod.engagements.stages import (
    NEXT,
    await_decision,
    close,
    decided,
    finish,
    move,
    move_due,
    open_,
    over,
)
from coprod.engagements.steps import About
from coprod.engagements.timing import CLOSING_HOURS, GRACE, closing, instant, long_enough

__all__ = [
    "CLOSING_HOURS",
    "GRACE",
    "NEXT",
    "TEXT_MAX",
    "TITLE_MAX",
    "WORDS",
    "About",
    "Cost",
    "Engagement",
    "Held",
    "Information",
    "Listed",
    "Missing",
    "NotReady",
    "Option",
    "Plan",
    "Point",
    "PromisedDate",
    "Section",
    "Showing",
    "Step",
    "StepKind",
    "add_option",
    "appraised",
    "await_decision",
    "bring_in",
    "bring_in_date",
    "bring_in_support_requests",
    "bring_in_survey",
    "by_slug",
    "close",
    "closing",
    "counts",
    "decided",
    "edit",
    "extend",
    "finish",
    "fix_options",
    "for_body",
    "get",
    "give_feedback",
    "hold",
    "instant",
    "listed",
    "lock",
    "long_enough",
    "meet_date",
    "missing",
    "move",
    "move_due",
    "of",
    "on",
    "open_",
    "options",
    "over",
    "plan",
    "promise_date",
    "promised_dates",
    "record_appraisal",
    "remove_option",
    "see_history",
    "steps",
    "words_of",
]
