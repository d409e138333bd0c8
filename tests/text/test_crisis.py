"""When to show help lines beside the form, and when not to."""

import csv

import pytest

from coprod.text import crisis


@pytest.mark.parametrize(
    "words",
    [
        "I want to die",
        "i just want tae die",
        "Some nights I want to kill myself.",
        "I have been thinking about ending my life",
        "I’m going to end it all",
        "I don't want to be here any more",
        "ah dinnae want tae be here",
        "There is no point in living",
        "I've nothing left to live for",
        "everyone would be better off without me",
        "I wish I was dead",
        "I can't go on any more",
        "I cannae cope any longer with him",
        "I feel suicidal and the line is shut",
        "my son is suicidal and nobody calls back",
        "She keeps saying she will kill herself",
        "He is threatening to hang himself",
        "I keep cutting myself",
        "I might hurt myself tonight",
        "I am self harming again",
        "I have just taken an overdose",
        "I've taken all my tablets",
        "my husband hits me",
        "He said he'd kill me if I left",
        "We are not safe at home",
        "I am scared for my life",
        "It was a long wait.\nNow I\nwant to\ndie.",
    ],
)
def test_words_of_somebody_in_danger_now_bring_up_help(words: str):
    assert crisis(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "We need suicide prevention training in schools.",
        "People want to die at home and not in hospital.",
        "I want to die at home, with my family near me.",
        "My brother killed himself in 2015 and we had no help afterwards.",
        "The waiting list is killing us.",
        "That hill is killing me.",
        "I take my life in my hands each time I cross that road.",
        "I hurt myself lifting my mum because there is no hoist.",
        "Services can't go on like this.",
        "The crisis line should be open all night.",
        "I don't want to be here in hospital when I could be at home.",
        "I don't want to live in a care home.",
        "Dying well matters. So does living well.",
        "I would kill for a bus that came on time.",
        "She was scared of the stairs.",
        "They cut themselves off from the community.",
        "There is no point in going to the meeting.",
        "An overdose of meetings and no decisions.",
        "He hits the nail on the head.",
        "Staff can't cope with the number of calls.",
        "We could see the deadline was in danger.",
        "Money should end up with groups, not take on a life of its own.",
    ],
)
def test_words_about_services_the_past_and_dying_well_do_not(words: str):
    assert not crisis(words)


def test_hardly_any_remark_in_real_debates_brings_up_help(shared_data):
    remarks = []
    for path in sorted((shared_data / "polis-opendata").glob("*/comments.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            remarks += [row["comment-body"] for row in csv.DictReader(file)]
    assert len(remarks) > 250
    assert sum(map(crisis, remarks)) <= len(remarks) / 100
