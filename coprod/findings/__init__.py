"""How well people were listened to: read from the record and nothing else.

`keeping` folds the record once and then only what is new; `naming` says what the things behind a
figure are called; `replying` is the body's right of reply to a finding about it.
"""

from coprod.findings.keeping import assess, assess_at, facts, headlines, position
from coprod.findings.naming import Kind, Named, label, labels, named
from coprod.findings.replying import (
    REPLY_MAX,
    FindingReply,
    about,
    key,
    may_reply_for,
    replies,
    reply,
    words_of,
)

__all__ = [
    "REPLY_MAX",
    "FindingReply",
    "Kind",
    "Named",
    "about",
    "assess",
    "assess_at",
    "facts",
    "headlines",
    "key",
    "label",
    "labels",
    "may_reply_for",
    "named",
    "position",
    "replies",
    "reply",
    "words_of",
]
