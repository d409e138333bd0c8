"""The closed lists of words that events use. Values are stored and published as they stand here.

Source of the lists: the product's vocabulary of the field (Scottish integration law and the
National Standards for Community Engagement), the bundle format and the indicators.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Sector(StrEnum):
    """In which capacity somebody speaks. A person may hold several and picks one each time."""

    RESIDENT = "COM"
    LIVED_EXPERIENCE = "LEX"
    THIRD_SECTOR = "TS"
    INDEPENDENT = "IND"
    FRONT_LINE = "STF"
    OFFICER = "STO"
    ELECTED = "ELE"
    STAFF = "STA"  # staff of either kind, where a source does not say which


COMMUNITY_SIDE = frozenset(
    {Sector.RESIDENT, Sector.LIVED_EXPERIENCE, Sector.THIRD_SECTOR, Sector.INDEPENDENT}
)
STATUTORY_SIDE = frozenset({Sector.FRONT_LINE, Sector.OFFICER, Sector.ELECTED, Sector.STAFF})


class Role(StrEnum):
    """What somebody has been asked to do here. Separate from the sector they speak for."""

    MEMBER = "member"
    GROUP_LEAD = "group_lead"
    HELPER = "helper"
    PLANNER = "planner"
    OFFICER = "officer"
    REPRESENTATIVE = "representative"
    MODERATOR = "moderator"
    CHECKER = "checker"
    SCRUTINEER = "scrutineer"
    ADMIN = "admin"
    SYSTEM = "system"


class PlaceKind(StrEnum):
    PARTNERSHIP = "partnership"
    LOCALITY = "locality"
    NEIGHBOURHOOD = "neighbourhood"


class BodyKind(StrEnum):
    IJB = "ijb"
    HEALTH_BOARD = "health_board"
    COUNCIL = "council"
    HSCP = "hscp"
    SPG = "spg"
    LPG = "lpg"
    COMMUNITY_BOARD = "community_board"
    CONSORTIUM = "consortium"
    NETWORK = "network"
    PANEL = "panel"
    TSI = "tsi"
    OTHER = "other"


class Kind(StrEnum):
    """What sort of thing somebody put in."""

    IDEA = "idea"
    EXPERIENCE = "experience"
    EVIDENCE = "evidence"
    COMMENT = "comment"
    CONCERN = "concern"
    OFFER = "offer"


class Channel(StrEnum):
    ONLINE = "online"
    PAPER = "paper"
    PHONE = "phone"
    MEETING = "meeting"
    VISIT = "visit"
    BSL = "bsl"


class Side(StrEnum):
    FOR = "for"
    NEUTRAL = "neutral"
    AGAINST = "against"


class Promise(IntEnum):
    """What people are promised. Levels as in IAP2's spectrum; the words shown are our own."""

    TELL = 1
    ASK = 2
    WORK_WITH = 3
    DECIDE_TOGETHER = 4
    YOU_DECIDE = 5


class Stage(StrEnum):
    """Where an engagement has got to."""

    PLANNING = "planning"
    OPEN = "open"
    VOTING = "voting"
    ANALYSING = "analysing"
    DECIDING = "deciding"
    FEEDBACK_DUE = "feedback_due"
    REVIEWED = "reviewed"


class Outcome(StrEnum):
    """What a body decided. "Noted" is recorded, and is not a decision."""

    APPROVED = "approved"
    VARIED = "varied"
    REFUSED = "refused"
    DEFERRED = "deferred"
    NOTED = "noted"


DECIDED = frozenset({Outcome.APPROVED, Outcome.VARIED, Outcome.REFUSED})


class Effect(StrEnum):
    """What somebody's words did to a decision."""

    CHANGED = "changed"
    SHAPED = "shaped"
    SUPPORTED = "supported"
    NOT_ADOPTED = "considered_not_adopted"


class ReplyOutcome(StrEnum):
    """What a reply tells the person who spoke."""

    ADOPTED = "adopted"
    ADOPTED_IN_PART = "adopted_in_part"
    ALREADY_HAPPENING = "already_happening"
    NOT_ADOPTED = "not_adopted"
    PASSED_ON = "passed_on"
    STILL_DECIDING = "still_deciding"


class Disposition(StrEnum):
    """What became of a contribution that a decision on its issue does not cite."""

    NOT_USED = "not_used"
    DUPLICATE = "duplicate"
    OUT_OF_SCOPE = "out_of_scope"
    PASSED_ON = "passed_on"
    LATER_DECISION = "later_decision"


class Reason(StrEnum):
    """Grounds, for a reply or a disposition."""

    COST = "cost"
    LAW = "law"
    NATIONAL_DIRECTION = "national_direction"
    CLINICAL_SAFETY = "clinical_safety"
    EQUALITY = "equality"
    EVIDENCE = "evidence"
    REMIT = "remit"
    CAPACITY = "capacity"
    OTHER_INPUT = "other_input"


class HideRule(StrEnum):
    """The published rule under which something is held or hidden."""

    PERSONAL_DETAILS = "personal_details"
    ABUSE = "abuse"
    UNLAWFUL = "unlawful"
    SPAM = "spam"
    OFF_TOPIC = "off_topic"


class EraseReason(StrEnum):
    AUTHOR_REQUEST = "author_request"
    THIRD_PARTY_REQUEST = "data_subject_third_party"
    LEGAL_ORDER = "legal_order"
    RETENTION = "retention"
    MINOR = "minor"


class PromisedDateKind(StrEnum):
    """What was promised by a date."""

    FEEDBACK = "feedback"
    DECISION = "decision"
    OTHER = "other"
