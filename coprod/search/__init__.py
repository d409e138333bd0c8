"""Finding things by their words: one function over either database; and texts like another."""

from coprod.search.finding import Found, Hit, find, similar
from coprod.search.index import Document, Entry, add, add_all, rebuild, remove, scrub
from coprod.search.words import END, START, marked

__all__ = [
    "END",
    "START",
    "Document",
    "Entry",
    "Found",
    "Hit",
    "add",
    "add_all",
    "find",
    "marked",
    "rebuild",
    "remove",
    "scrub",
    "similar",
]
