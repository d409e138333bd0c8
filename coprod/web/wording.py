"""The public's words for every closed list, and for every kind of entry on the record.

Source: the field's vocabulary in plain words; no term of art without its plain form.
"""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

from flask import Flask

from coprod.contributions import State
from coprod.engagements import Cost, Information
from coprod.events import (
    BodyKind,
    Channel,
    Disposition,
    Effect,
    EraseReason,
    HideRule,
    Kind,
    Outcome,
    PlaceKind,
    Promise,
    Reason,
    ReplyOutcome,
    Role,
    Sector,
    Side,
    Stage,
)
from coprod.identity import NameShown
from coprod.issues import IssueState

_SAID: tuple[tuple[Enum, str], ...] = (
    (Sector.RESIDENT, "Resident"),
    (Sector.LIVED_EXPERIENCE, "Person with lived experience or unpaid carer"),
    (Sector.THIRD_SECTOR, "Community or voluntary group"),
    (Sector.INDEPENDENT, "Independent care provider"),
    (Sector.FRONT_LINE, "Front-line worker in health or care"),
    (Sector.OFFICER, "Planner or officer of a public body"),
    (Sector.ELECTED, "Elected member"),
    (Sector.STAFF, "Staff of a public body"),
    (Role.MEMBER, "Member"),
    (Role.GROUP_LEAD, "Group lead"),
    (Role.HELPER, "Helper"),
    (Role.PLANNER, "Locality planner"),
    (Role.OFFICER, "Officer"),
    (Role.REPRESENTATIVE, "Representative"),
    (Role.MODERATOR, "Moderator"),
    (Role.CHECKER, "Independent checker"),
    (Role.SCRUTINEER, "Scrutineer"),
    (Role.ADMIN, "Site administrator"),
    (Role.SYSTEM, "The site itself"),
    (PlaceKind.PARTNERSHIP, "Partnership"),
    (PlaceKind.LOCALITY, "Area"),
    (PlaceKind.NEIGHBOURHOOD, "Neighbourhood"),
    (BodyKind.IJB, "Integration Joint Board"),
    (BodyKind.HEALTH_BOARD, "Health board"),
    (BodyKind.COUNCIL, "Council"),
    (BodyKind.HSCP, "Health and social care partnership"),
    (BodyKind.SPG, "Strategic planning group"),
    (BodyKind.LPG, "Locality planning group"),
    (BodyKind.COMMUNITY_BOARD, "Community board"),
    (BodyKind.CONSORTIUM, "Group of local organisations"),
    (BodyKind.NETWORK, "Network"),
    (BodyKind.PANEL, "Panel of people with lived experience"),
    (BodyKind.TSI, "Voice of local groups (third sector interface)"),
    (BodyKind.OTHER, "Other body"),
    (Kind.IDEA, "Idea"),
    (Kind.EXPERIENCE, "Experience"),
    (Kind.EVIDENCE, "Evidence"),
    (Kind.COMMENT, "Comment"),
    (Kind.CONCERN, "Concern"),
    (Kind.OFFER, "Offer of help"),
    (Channel.ONLINE, "Online"),
    (Channel.PAPER, "On paper"),
    (Channel.PHONE, "By phone"),
    (Channel.MEETING, "At a meeting"),
    (Channel.VISIT, "On a visit"),
    (Channel.BSL, "In British Sign Language"),
    (Side.FOR, "For"),
    (Side.NEUTRAL, "Neutral"),
    (Side.AGAINST, "Against"),
    (Promise.TELL, "We will tell you"),
    (Promise.ASK, "We will ask you"),
    (Promise.WORK_WITH, "We will work with you"),
    (Promise.DECIDE_TOGETHER, "We will decide together"),
    (Promise.YOU_DECIDE, "You decide"),
    (Stage.PLANNING, "Being planned"),
    (Stage.OPEN, "Open"),
    (Stage.VOTING, "Vote open"),
    (Stage.ANALYSING, "Being read"),
    (Stage.DECIDING, "Waiting for a decision"),
    (Stage.FEEDBACK_DUE, "Decided: you are due to hear"),
    (Stage.REVIEWED, "Finished"),
    (Outcome.APPROVED, "Agreed"),
    (Outcome.VARIED, "Agreed with changes"),
    (Outcome.REFUSED, "Not agreed"),
    (Outcome.DEFERRED, "Put off"),
    (Outcome.NOTED, "Noted: no decision"),
    (Effect.CHANGED, "Changed the decision"),
    (Effect.SHAPED, "Shaped the decision"),
    (Effect.SUPPORTED, "Supported the decision"),
    (Effect.NOT_ADOPTED, "Considered, not adopted"),
    (ReplyOutcome.ADOPTED, "We will do this"),
    (ReplyOutcome.ADOPTED_IN_PART, "We will do part of this"),
    (ReplyOutcome.ALREADY_HAPPENING, "This is happening already"),
    (ReplyOutcome.NOT_ADOPTED, "We will not do this"),
    (ReplyOutcome.PASSED_ON, "Passed on to somebody who can"),
    (ReplyOutcome.STILL_DECIDING, "Still deciding"),
    (Disposition.NOT_USED, "Not used"),
    (Disposition.DUPLICATE, "The same as another that was weighed"),
    (Disposition.OUT_OF_SCOPE, "Outside what this could change"),
    (Disposition.PASSED_ON, "Passed on to somebody who can"),
    (Disposition.LATER_DECISION, "Kept for a later decision"),
    (Reason.COST, "Cost"),
    (Reason.LAW, "Law or duty"),
    (Reason.NATIONAL_DIRECTION, "Required by national government"),
    (Reason.CLINICAL_SAFETY, "Safety of care"),
    (Reason.EQUALITY, "Fairness to everyone"),
    (Reason.EVIDENCE, "What the evidence shows"),
    (Reason.REMIT, "Not ours to decide"),
    (Reason.CAPACITY, "Not enough people or time"),
    (Reason.OTHER_INPUT, "Others asked for something different"),
    (HideRule.PERSONAL_DETAILS, "it gives somebody's personal or health details"),
    (HideRule.ABUSE, "it abuses or threatens somebody"),
    (HideRule.UNLAWFUL, "it may be against the law to publish it"),
    (HideRule.SPAM, "it is advertising or spam"),
    (HideRule.OFF_TOPIC, "it is not about health or care here"),
    (EraseReason.AUTHOR_REQUEST, "its author asked for it"),
    (EraseReason.THIRD_PARTY_REQUEST, "somebody it was about asked for it"),
    (EraseReason.LEGAL_ORDER, "a court or regulator ordered it"),
    (EraseReason.RETENTION, "the time for keeping it is over"),
    (EraseReason.MINOR, "it was about a child"),
    (State.PUBLISHED, "Published"),
    (State.HELD, "Held for a check"),
    (State.HIDDEN, "Hidden"),
    (State.WITHDRAWN, "Taken back by its author"),
    (State.ERASED, "Erased"),
    (IssueState.OPEN, "Waiting for a decision"),
    (IssueState.PARKED, "Set aside"),
    (IssueState.DECIDED, "Decided"),
    (IssueState.CLOSED, "Closed"),
    (Information.PROBLEM, "What the problem is"),
    (Information.OPTIONS, "The choices, with one to change nothing"),
    (Information.COSTS, "What each would cost"),
    (Information.IMPACTS, "Who would gain or lose"),
    (Information.WHO_DECIDES, "Who decides, and when"),
    (Information.CANNOT_CHANGE, "What cannot change"),
    (Information.USE_OF_INPUT, "How what you say will be used"),
    (Cost.NOTHING, "Nothing extra"),
    (Cost.TO_1K, "Up to £1,000 a year"),
    (Cost.TO_10K, "£1,000 to £10,000 a year"),
    (Cost.TO_50K, "£10,000 to £50,000 a year"),
    (Cost.TO_250K, "£50,000 to £250,000 a year"),
    (Cost.MORE, "More than £250,000 a year"),
    (Cost.NOT_KNOWN, "Cost not known yet"),
    (NameShown.FULL, "My full name"),
    (NameShown.FIRST, "My first name only"),
    (NameShown.NONE, "No name"),
)
# By list and name, since members of two lists may share a value and then count as equal.
_WORDS = {(type(member), member.name): said for member, said in _SAID}

E = TypeVar("E", bound=Enum)

# Each completes "Entry 12: …".
ENTRY_WORDS: dict[str, str] = {
    "PlaceAdded": "a place was added",
    "BodyAdded": "a body was added",
    "OrganisationAdded": "a group was added",
    "SeatFilled": "somebody took a seat at a table",
    "SeatVacated": "somebody left a seat",
    "MeetingCalled": "a meeting was called",
    "RoleGranted": "somebody was given a role",
    "RoleRevoked": "somebody's role ended",
    "IssueOpened": "a conversation was opened",
    "IssueParked": "a conversation was set aside",
    "IssueClosed": "a conversation was closed",
    "ContributionMade": "somebody had their say",
    "GatheredUnderIssue": "what somebody said joined a conversation",
    "JoinedToCampaign": "a text was grouped with others the same",
    "PolicyTagged": "it was noted whether something challenges current policy",
    "ContributionWithdrawn": "somebody took back what they said",
    "ContributionHeld": "something was held for a check",
    "ContributionHidden": "something was hidden under a rule",
    "ContributionShown": "something was shown again",
    "AppealMade": "somebody appealed against hiding",
    "AppealDecided": "an appeal was settled",
    "WordsErased": "words were erased; the entry stays",
    "SupportGiven": "somebody gave their support",
    "SupportWithdrawn": "somebody took their support back",
    "SupportsCounted": "supports given elsewhere were counted",
    "EngagementPlanned": "a have-your-say was planned",
    "EngagementOpened": "a have-your-say opened, with its promise",
    "StageChanged": "a have-your-say moved on",
    "EngagementExtended": "a closing date was moved",
    "OptionsFixed": "the choices were settled",
    "AppraisalRecorded": "who put the choices forward was noted",
    "FeedbackGiven": "people were told what happened",
    "DatePromised": "a date was promised",
    "DateMet": "something promised by a date was done",
    "PollOpened": "a vote opened",
    "BallotCast": "somebody voted, or changed their vote",
    "PaperBallotsCounted": "votes on paper were checked and counted in",
    "PollTallied": "a vote was counted",
    "VoteAnswered": "a body said what it did with a vote",
    "PollDisputed": "the count of a vote was doubted",
    "PollDisputeResolved": "a doubt about a count was settled",
    "VotersForgotten": "the means to link ballots to people was destroyed",
    "DecisionRecorded": "a decision was recorded",
    "CitationMade": "somebody's words were cited in a decision",
    "CitationRemoved": "a citation was taken out of a decision",
    "CitationConfirmed": "somebody confirmed how they were quoted",
    "CitationDisputed": "somebody disputed how they were quoted",
    "CitationDisputeResolved": "a disputed quotation was settled",
    "DispositionGiven": "something not cited was given its reason",
    "ReplyGiven": "a reply was given",
    "ReplyDisputed": "somebody said a reply did not answer them",
    "ReplyDisputeResolved": "a disputed reply was settled",
    "ActionAgreed": "an action was agreed",
    "ActionClaimed": "an action was said to be done",
    "ActionConfirmed": "somebody in the community saw that it was done",
    "StatementMade": "a representative spoke",
    "StatementReportedBack": "a representative reported back",
    "SurveyHeld": "people who took part were asked if they were heard",
    "SupportNeedsMet": "requests for help to take part were counted",
    "FindingAnswered": "a body replied to a finding about it",
    "ImportMade": "history from elsewhere was brought in",
}


def words(member: Enum | None, nothing: str = "not given") -> str:
    """The public's words for a member of a closed list; `nothing` for None."""
    return nothing if member is None else _WORDS[type(member), member.name]


def choices(*members: E) -> dict[E, str]:
    """Members of one list with their words, to choose from."""
    return {member: words(member) for member in members}


def capacity(value: str | None) -> str:
    """In what capacity an entry's actor acted: a sector or a role, in the public's words."""
    if value is None:
        return words(Role.SYSTEM)
    return words(Sector(value) if value in set(Sector) else Role(value))


def init_app(app: Flask) -> None:
    app.jinja_env.filters["words"] = words
    app.jinja_env.filters["capacity"] = capacity
    app.jinja_env.filters["entry_words"] = ENTRY_WORDS.__getitem__
