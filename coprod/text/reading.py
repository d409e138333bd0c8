"""How hard words are to read."""

import re

SCHOOL_STARTS = 5  # years old: a grade of American schooling plus this is an age


def reading_age(text: str) -> int | None:
    """The age in years at which most could read this, at least 5; None if it holds no words.

    Flesch-Kincaid grade level (Kincaid et al. 1975, US Navy report 8-75) plus 5, with syllables
    counted by rule, so good to about a year either way on a paragraph, and worse on one sentence.
    """
    words = re.findall(r"[a-z]+(?:['\u2019][a-z]+)*", text.casefold())
    if not words:
        return None
    sentences = len(re.findall(r"[.!?:;]+(?=\s|$)|\n+(?=\s*\S)", text.strip())) or 1
    if not text.rstrip().endswith((".", "!", "?", ":", ";")) and sentences > 1:
        sentences += 1
    syllables = sum(map(_syllables, words))
    grade = 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
    return max(SCHOOL_STARTS, round(grade) + SCHOOL_STARTS)


def _syllables(word: str) -> int:
    """Groups of vowels; a last silent e, es or ed does not count."""
    spoken = re.sub(r"(?<=[^aeiouyl])(?:e|es|ed)$", "", word) if len(word) > 3 else word
    return max(1, len(re.findall("[aeiouy]+", spoken)))
