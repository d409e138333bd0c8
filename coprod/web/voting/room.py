"""The room that all pages about votes are in, and where each of them is."""

from __future__ import annotations

from flask import Blueprint, url_for

from coprod.permissions import Do
from coprod.voting import Poll
from coprod.web.access import may

pages = Blueprint("voting", __name__)


def address(poll: Poll) -> str:
    """Where a vote is."""
    return url_for("voting.show", poll_id=poll.id)


def there(do: Do, poll: Poll) -> bool:
    """Whether whoever is asking may do it for the place or the body of the vote."""
    return may(do, place_id=poll.engagement.place_id, body_id=poll.engagement.body_id)
