"""How well did they listen? Findings from the record alone, for anyone who holds a copy of it.

`fold` reads entries into `Facts`; `assess` says what they show of one `Scope` at the end of one
day. Pure: no database, no clock, no web. What every figure means is in `INDICATORS` and `RULES`.
"""

from coprod.insight.alerts import Alert
from coprod.insight.assessment import (
    Figure,
    Findings,
    assess,
    assess_with_right_of_reply,
    published,
    with_right_of_reply,
)
from coprod.insight.calendar import (
    is_working_day,
    london_day,
    working_days_after,
    working_days_before,
)
from coprod.insight.delivery import Delivered
from coprod.insight.facts import Facts
from coprod.insight.figures import Gap, Measure, Share, Wait
from coprod.insight.folding import fold, take
from coprod.insight.headlines import Headline, Headlines, headlines
from coprod.insight.indicators import INDICATORS, METHOD, Indicator, Theme
from coprod.insight.open_data import as_json, as_open_json
from coprod.insight.reach import Answers, Question
from coprod.insight.rules import RULES, AlertRule, Severity
from coprod.insight.scope import Extent, Scope
from coprod.insight.statistics import Label

__all__ = [
    "INDICATORS",
    "METHOD",
    "RULES",
    "Alert",
    "AlertRule",
    "Answers",
    "Delivered",
    "Extent",
    "Facts",
    "Figure",
    "Findings",
    "Gap",
    "Headline",
    "Headlines",
    "Indicator",
    "Label",
    "Measure",
    "Question",
    "Scope",
    "Severity",
    "Share",
    "Theme",
    "Wait",
    "as_json",
    "as_open_json",
    "assess",
    "assess_with_right_of_reply",
    "fold",
    "headlines",
    "is_working_day",
    "london_day",
    "published",
    "take",
    "with_right_of_reply",
    "working_days_after",
    "working_days_before",
]
