"""Words: stored in one form, shown by one renderer, compared, and looked over before publishing."""

from coprod.text.cleaning import csv_cell, slug, tidy
from coprod.text.markdown import excerpt, plain, render
from coprod.text.matching import occurs, shingles, similarity
from coprod.text.reading import reading_age

__all__ = [
    "csv_cell",
    "excerpt",
    "occurs",
    "plain",
    "reading_age",
    "render",
    "shingles",
    "similarity",
    "slug",
    "tidy",
]
