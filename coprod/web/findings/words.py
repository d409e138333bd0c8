"""The words of the findings pages that are not the words of one figure."""

from __future__ import annotations

from coprod.events import Sector
from coprod.insight import Severity
from coprod.web import wording

# Who speaks, as parity counts them: staff and the elected together.
GROUPS: dict[str, str] = {
    "COM": wording.words(Sector.RESIDENT),
    "LEX": wording.words(Sector.LIVED_EXPERIENCE),
    "TS": wording.words(Sector.THIRD_SECTOR),
    "IND": wording.words(Sector.INDEPENDENT),
    "STA": "Staff and elected members",
}
COMMUNITY = "The community's side together"

SEVERITIES = {
    Severity.RED: "Serious",
    Severity.AMBER: "Needs attention",
    Severity.NOTE: "Note",
}

# The five levels of say: what was promised, and what was done.
LEVELS = {
    0: "Less than telling",
    1: "Told",
    2: "Asked",
    3: "Worked with",
    4: "Decided together",
    5: "People decided",
}

# Arnstein's ladder in plain words; the word in brackets is hers. Source: indicators.md, section 3.
RUNGS: dict[int | None, str] = {
    None: "Below the ladder: people were not told enough to take part",
    1: "For show: quotations that fail our checks, and none of the community's that pass",
    3: "Told, without a say",
    4: "Asked, with no sign that it counted",
    5: "Worked with, but the body kept the decision",
    6: "Decided together",
    7: "People decided",
    8: "People decided, and hold the money and the rules",
}
ARNSTEIN = {
    1: "manipulation",
    3: "informing",
    4: "consultation",
    5: "placation",
    6: "partnership",
    7: "delegated power",
    8: "citizen control",
}

TESTS = (
    "You were told enough, and what was decided",
    "You were asked, answered, and told what happened on time",
    "You were worked with: early, with reasons, and truly quoted",
    "You decided together: a choice of yours, and your words changed it",
    "You decided: a vote that binds, or most of the votes on the body",
)

# After R (Moseley) v Haringey [2014] UKSC 56, para 25.
GUNNING = (
    "You were asked before the choices were settled",
    "You were told enough to answer",
    "You had enough time",
    "What you said was weighed",
)

# The seven National Standards for Community Engagement, in their own order, and in plain words.
STANDARDS = {
    "inclusion": ("Inclusion", "Everyone affected could take part"),
    "support": ("Support", "People got the help they needed to take part"),
    "planning": ("Planning", "It was planned with a purpose and enough time"),
    "working_together": ("Working together", "Those who spoke for others did so, and told them"),
    "methods": ("Methods", "There were several ways to take part, heard alike"),
    "communication": ("Communication", "People were answered, with reasons, on time"),
    "impact": ("Impact", "It made a difference, and people saw that it did"),
}

FIFTHS = {
    "1": "Most deprived fifth",
    "2": "Second fifth",
    "3": "Middle fifth",
    "4": "Fourth fifth",
    "5": "Least deprived fifth",
}
