"""The public words for what an engagement promises and gives people."""

from __future__ import annotations

from coprod.engagements.model import Information
from coprod.events import Promise, Stage

PROMISED = {
    Promise.TELL: "We'll tell you",
    Promise.ASK: "We'll ask you",
    Promise.WORK_WITH: "We'll work with you",
    Promise.DECIDE_TOGETHER: "We'll decide together",
    Promise.YOU_DECIDE: "You decide",
}
MEANING = {
    Promise.TELL: "You will get clear information. The choice is already made.",
    Promise.ASK: "We will listen, and tell you what we did with what you said.",
    Promise.WORK_WITH: "What you say will shape the choices. The body still makes the decision.",
    Promise.DECIDE_TOGETHER: "We will put the choices together with you, and choose together.",
    Promise.YOU_DECIDE: "We will do what you decide.",
}
NEEDED = {
    Information.PROBLEM: "What the problem is",
    Information.OPTIONS: "What the choices are, and what happens if nothing changes",
    Information.COSTS: "What each choice would cost",
    Information.IMPACTS: "Who it would affect, and whether it is fair to everyone",
    Information.WHO_DECIDES: "Who decides, and when",
    Information.CANNOT_CHANGE: "What cannot change",
    Information.USE_OF_INPUT: "How what you say will be used",
}
STAGES = {
    Stage.PLANNING: "Being planned",
    Stage.OPEN: "Open",
    Stage.VOTING: "Voting",
    Stage.ANALYSING: "Being read",
    Stage.DECIDING: "Waiting for a decision",
    Stage.FEEDBACK_DUE: "Decided: due to tell you what happened",
    Stage.REVIEWED: "Finished",
}
HOURS = {12: "12 noon", 17: "5pm", 20: "8pm"}
