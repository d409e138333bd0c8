"""Pages where people vote, see the result, and count it again."""

from coprod.web.voting import answering, ballot, opening, papers, result
from coprod.web.voting.room import pages

__all__ = ["answering", "ballot", "opening", "pages", "papers", "result"]
