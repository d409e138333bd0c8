"""How hard words are to read."""

import pytest

from coprod.text import reading_age


@pytest.mark.parametrize("text", ["", "  ", "…", "123"])
def test_no_words_have_no_reading_age(text: str):
    assert reading_age(text) is None


@pytest.mark.parametrize(
    ("text", "oldest"),
    [
        ("What is your idea, in one line?", 9),
        ("What would it change, and for whom?", 9),
        ("The cat sat on the mat.", 6),
        ("You will hear back from us by the end of May. We will tell you what we did and why.", 9),
    ],
)
def test_a_plain_prompt_can_be_read_by_a_child_of_nine(text: str, oldest: int):
    age = reading_age(text)
    assert age is not None
    assert 5 <= age <= oldest


def test_official_words_cannot():
    age = reading_age(
        "Stakeholders are invited to participate in the co-production of strategic commissioning"
        " intentions in accordance with statutory integration delivery principles."
    )
    assert age is not None
    assert age > 18
