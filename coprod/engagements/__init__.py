"""A question put to people: what is promised, what can change, who decides, and its stages."""

from coprod.engagements.model import WORDS, Engagement, Information, get, hold, of

__all__ = ["WORDS", "Engagement", "Information", "get", "hold", "of"]
