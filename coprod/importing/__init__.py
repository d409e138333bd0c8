"""Other systems' data in, through the same actions as everything else: all of it, or nothing.

What was said elsewhere keeps its own words and dates, and is always shown as imported: the record
says which files it came from, by their SHA-256, and when they were brought in.
"""

from coprod.importing.model import Import, ImportedId, brought, every, get, source_ids
from coprod.importing.report import AlreadyHere, NothingDone, Remark, Report, Unusable

__all__ = [
    "AlreadyHere",
    "Import",
    "ImportedId",
    "NothingDone",
    "Remark",
    "Report",
    "Unusable",
    "brought",
    "every",
    "get",
    "source_ids",
]
