"""Hints that words look like somebody's details: found nearly always, imagined nearly never."""

import csv
import itertools
import random
import re
import time
from collections.abc import Callable

import pytest

from coprod.text import Detail, Kind, details

CARRIERS = [
    "Please phone the ward about {}, nobody answers.",
    "My number is {}",
    "{} is what they have on file.",
    "It was sent to ({}) last week.",
    "They wrote: {}. Then nothing.",
    "two lines\n{}\nthree lines",
]


def kinds(text: str) -> list[Kind]:
    return [detail.kind for detail in details(text)]


def found(text: str) -> list[str]:
    return [text[detail.start : detail.end] for detail in details(text)]


def a_chi(dice: random.Random) -> str:
    """A made-up number of the right form: a day, four digits, and the check digit they give."""
    while True:
        day = f"{dice.randint(1, 28):02}{dice.randint(1, 12):02}{dice.randint(0, 99):02}"
        nine = f"{day}{dice.randint(0, 999):03}"
        check = -sum(int(nine[at]) * (10 - at) for at in range(9)) % 11
        if check < 10:
            digits = f"{nine}{check}"
            shapes = (digits, f"{digits[:6]} {digits[6:]}", f"{digits[:6]}-{digits[6:]}",
                      f"{digits[:3]} {digits[3:6]} {digits[6:]}")  # fmt: skip
            return dice.choice(shapes)


def a_postcode(dice: random.Random) -> str:
    outward = dice.choice(["ML1", "ML12", "G72", "G74", "G4", "EH54", "KA1", "EC1A", "W1A", "M1"])
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    inward = f"{dice.randint(0, 9)}{dice.choice(letters)}{dice.choice(letters)}"
    code = f"{outward}{dice.choice([' ', ' ', ' ', ''])}{inward}"
    return dice.choice([code, code, code.lower()])


def a_phone(dice: random.Random) -> str:
    if dice.random() < 0.5:
        start, rest = dice.choice(["074", "075", "0770", "0780", "079"]), ""
        rest = "".join(str(dice.randint(0, 9)) for _ in range(11 - len(start)))
        digits = start + rest
        shapes = (digits, f"{digits[:5]} {digits[5:]}", f"{digits[:5]} {digits[5:8]} {digits[8:]}",
                  f"+44 {digits[1:5]} {digits[5:]}", f"{digits[:5]}-{digits[5:]}")  # fmt: skip
        return dice.choice(shapes)
    code = dice.choice(["01698", "01236", "01555", "01355"])
    local = f"{dice.randint(2, 8)}{dice.randint(0, 99999):05}"
    return dice.choice([f"{code} {local}", f"{code}{local}", f"({code}) {local}",
                        f"{code} {local[:3]} {local[3:]}", f"+44 {code[1:]} {local}"])  # fmt: skip


@pytest.mark.parametrize(
    ("make", "kind"),
    [(a_chi, Kind.CHI_NUMBER), (a_postcode, Kind.POSTCODE), (a_phone, Kind.PHONE)],
)
def test_ninety_nine_in_a_hundred_made_up_numbers_are_found(
    make: Callable[[random.Random], str], kind: Kind
):
    dice = random.Random(2026)  # noqa: S311 - made-up numbers, the same every time
    missed = []
    for _ in range(1_000):
        number = make(dice)
        text = dice.choice(CARRIERS).format(number)
        hints = [(hint.kind, text[hint.start : hint.end]) for hint in details(text)]
        if not any(told == kind and number in words for told, words in hints):
            missed.append(text)
    assert len(missed) <= 10, missed


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("My CHI is 0101701234", Kind.CHI_NUMBER, "0101701234"),  # mistyped, and said to be one
        ("NHS number 943 476 5919", Kind.NHS_NUMBER, "943 476 5919"),
        ("Her NI is AB 12 34 56 C.", Kind.NATIONAL_INSURANCE, "AB 12 34 56 C"),
        ("ab123456c", Kind.NATIONAL_INSURANCE, "ab123456c"),
        ("Write to jean.c+x@mail.example.co.uk!", Kind.EMAIL, "jean.c+x@mail.example.co.uk"),
        ("born on 3 May 1956", Kind.BIRTH_DATE, "3 May 1956"),
        ("DOB: 03/05/56", Kind.BIRTH_DATE, "03/05/56"),
        ("date of birth is 1956-05-03", Kind.BIRTH_DATE, "1956-05-03"),
        ("mum's birthday, May 3rd 1956", Kind.BIRTH_DATE, "May 3rd 1956"),
        ("07700 900123", Kind.PHONE, "07700 900123"),  # of those kept for films and examples
        ("at 22 Glencairn Avenue now", Kind.ADDRESS, "22 Glencairn Avenue"),
        ("Flat 2/1, 14 Kirk Street", Kind.ADDRESS, "Flat 2/1, 14 Kirk Street"),
        ("i live at 14 kirk street", Kind.ADDRESS, "14 kirk street"),
        ("My neighbour Mrs Jean Campbell has dementia.", Kind.PERSON, "Mrs Jean Campbell"),
        ("Mr. Smith next door lets nobody in", Kind.PERSON, "Mr. Smith"),
        ("Jean Campbell has dementia.", Kind.PERSON, "Jean Campbell"),
        ("Agnieszka Kowalczyk takes sertraline", Kind.PERSON, "Agnieszka Kowalczyk"),
        ("In Motherwell Adil Hussain has epilepsy", Kind.PERSON, "Adil Hussain"),
        ("Our son called Callum is autistic", Kind.PERSON, "Callum"),
        ("My mum Jean was diagnosed with cancer", Kind.PERSON, "Jean"),
        ("Susan McDonald-O'Neill takes insulin", Kind.PERSON, "Susan McDonald-O'Neill"),
        ("Jean Hamilton uses a wheelchair", Kind.PERSON, "Jean Hamilton"),
        ("Dr Khan told her about the tumour", Kind.PERSON, "Dr Khan"),
    ],
)
def test_what_looks_like_someones_details_is_pointed_at(text: str, kind: Kind, words: str):
    assert [(hint.kind, text[hint.start : hint.end]) for hint in details(text)] == [(kind, words)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "University Hospital Wishaw has a stroke ward.",
        "The Kirk Street surgery is good with diabetes.",
        "Marie Curie nurses come to people with cancer.",
        "Sue Ryder and Macmillan Cancer Support both help.",
        "James Watt Street has no place for a wheelchair.",
        "Old Edinburgh Road is hard for blind people.",
        "Alzheimer Scotland runs a dementia cafe in East Kilbride.",
        "Charcot Marie Tooth disease is not known here.",
        "Down's Syndrome Scotland has a group for disabled children.",
        "North Lanarkshire Council cut the money for depression.",
        "Victoria Hospital and Hamilton Palace Grounds have disabled parking.",
        "Douglas Street and William Street need ramps for wheelchairs.",
        "Dr Gray was kind to us at the desk.",
        "Phone NHS 24 on 111, Samaritans on 116 123 or Breathing Space on 0800 83 85 87.",
        "The council is on 0300 123 4567.",
        "In 2019, 2020 and 2021 we asked 1,234,567 times.",
        "It is a 40 minute drive and a 10 mile road.",
        "Take the M8 2nd exit, then the A1 1st left.",
        "Between 2024 and 2026 the board met 12 times at 10.30.",
        "It cost £1,200,000,000 or 0101701234567 pounds.",
        "People in ML1 and G72 wait longest.",
        "She was born in 1956.",
        "The reference is ISBN 9780140449136.",
        "Ask @wishaw or see www.gov.scot/plans.",
        "Ring 999 at once.",
    ],
)
def test_places_services_and_ordinary_numbers_are_nobodys_details(text: str):
    assert details(text) == []


def ordinary_sentences() -> list[str]:
    """Every way to put together our own phrases about care in Lanarkshire."""
    who = [
        *(
            "The day centre in Airdrie",
            "Our GP surgery on Main Street",
            "University Hospital Hairmyres",
        ),
        *(
            "The Coatbridge locality group",
            "South Lanarkshire Council",
            "The link worker in Larkhall",
        ),
        *("Marie Curie", "Lanarkshire Carers", "A volunteer from the Camglen Radio team"),
        *("The Saturday cafe at Shotts", "The dementia group in Forth", "My mum's carer"),
    ]
    what = [
        *("has a waiting list of 18 weeks for", "stopped 2 of its 5 sessions a week for"),
        *("needs a bus on Sunday for", "should say by 31 May 2026 what it will do for"),
        *("was promised £25,000 in April for", "does good work with"),
    ]
    whom = [
        *("people with dementia and their carers.", "anyone with diabetes in Clydesdale."),
        *("disabled people in East Kilbride.", "young people with anxiety."),
        *("those who leave Monklands Hospital after a stroke.", "Long Covid at Bothwell Road."),
    ]
    return [" ".join(parts) for parts in itertools.product(who, what, whom)]


def test_at_most_two_in_a_hundred_ordinary_sentences_bring_up_a_hint():
    sentences = ordinary_sentences()
    imagined = [sentence for sentence in sentences if details(sentence)]
    assert len(sentences) >= 200
    assert len(imagined) <= len(sentences) * 0.02, imagined[:5]


def test_at_most_two_in_a_hundred_real_remarks_bring_up_a_hint(shared_data):
    remarks = []
    for path in sorted((shared_data / "polis-opendata").glob("*/comments.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            remarks += [row["comment-body"] for row in csv.DictReader(file)]
    imagined = [remark for remark in remarks if details(remark)]
    assert len(remarks) > 250
    assert len(imagined) <= len(remarks) * 0.02, imagined


def test_hints_are_in_the_order_of_the_text_and_do_not_overlap():
    text = "Jean Campbell, 14 Kirk Street ML1 1AA, 01698 266166, jean@example.org, has dementia"
    assert kinds(text) == [Kind.PERSON, Kind.ADDRESS, Kind.POSTCODE, Kind.PHONE, Kind.EMAIL]
    hints = details(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(hints))
    assert found(text)[1] == "14 Kirk Street"


@pytest.mark.parametrize("kind", list(Kind))
def test_every_hint_is_one_plain_sentence_or_two(kind: Kind):
    hint = Detail(kind, 0, 1).hint
    assert re.fullmatch(r"This looks like [^.]+\.( [^.]+[.?])?", hint)


@pytest.mark.parametrize(
    "bomb",
    [
        "a",
        "A",
        "Ab ",
        "my ",
        "1 ",
        "1",
        "a@",
        "a.",
        "Mr ",
        "born ",
        "dementia ",
        "Jean Campbell has dementia ",
    ],
)
def test_no_pattern_makes_the_search_slow(bomb: str):
    started = time.process_time()
    details((bomb * 10_000)[:10_000])
    assert time.process_time() - started < 5  # seconds; the worst takes a tenth of one
