"""Pages where people are asked: the promise, what came of it, and the planners' tools."""

from coprod.web.engagements import choices, moving, planning, showing, telling
from coprod.web.engagements.room import pages

__all__ = ["choices", "moving", "pages", "planning", "showing", "telling"]
