"""Words: stored in one form, shown by one renderer, compared, and looked over before publishing."""

from coprod.text.cleaning import csv_cell, folded, slug, tidy
from coprod.text.distress import crisis
from coprod.text.foreign import from_html
from coprod.text.markdown import excerpt, plain, render
from coprod.text.matching import occurs, shingles, similarity
from coprod.text.privacy import Detail, Kind, details
from coprod.text.reading import reading_age

__all__ = [
    "Detail",
    "Kind",
    "crisis",
    "csv_cell",
    "details",
    "excerpt",
    "folded",
    "from_html",
    "occurs",
    "plain",
    "reading_age",
    "render",
    "shingles",
    "similarity",
    "slug",
    "tidy",
]
