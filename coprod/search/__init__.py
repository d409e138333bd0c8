"""Finding things by their words: one function over either database; and texts like another."""

from coprod.search.finding import Found, Hit, find, similar
from coprod.search.index import Document, Entry, add, rebuild, remove, scrub
from coprod.search.words import END, START, marked

__all__ = [
    "END",
    "START",
    "Document",
    "Entry",
    "Found",
    "Hit",
    "add",
    "find",
    "marked",
    "rebuild",
    "remove",
    "scrub",
    "similar",
]
