"""Hints, at the moment of writing, that words look like somebody's personal or health details.

For the writer alone: a hint is shown beside the form and is never stored, logged or sent.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from nhs_number.constants import REGION_SCOTLAND
from nhs_number.validate import is_valid

from coprod.text.people import named_people

Span = tuple[int, int]


class Kind(StrEnum):
    """What the words look like, the most telling first."""

    CHI_NUMBER = "chi_number"
    NHS_NUMBER = "nhs_number"
    NATIONAL_INSURANCE = "national_insurance"
    EMAIL = "email"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    POSTCODE = "postcode"
    ADDRESS = "address"
    PERSON = "person"


HINTS = {
    Kind.CHI_NUMBER: "This looks like a CHI number, the number on someone's health record.",
    Kind.NHS_NUMBER: "This looks like an NHS number.",
    Kind.NATIONAL_INSURANCE: "This looks like a National Insurance number.",
    Kind.EMAIL: "This looks like an email address.",
    Kind.BIRTH_DATE: "This looks like someone's date of birth.",
    Kind.PHONE: "This looks like a phone number.",
    Kind.POSTCODE: "This looks like a postcode. A town or area is enough.",
    Kind.ADDRESS: "This looks like someone's address. A town or area is enough.",
    Kind.PERSON: "This looks like someone else's name. Would they want to be named here?",
}


@dataclass(frozen=True)
class Detail:
    """One hint: `text[start:end]` looks like something of this kind."""

    kind: Kind
    start: int
    end: int

    @property
    def hint(self) -> str:
        """What to tell the writer, in one plain sentence."""
        return HINTS[self.kind]


def details(text: str) -> list[Detail]:
    """What looks like someone's details, in the order of the text and never overlapping.

    A hint, not a finding: it is often right about numbers, sometimes wrong about names, and its
    silence promises nothing. Of two kinds at one place the earlier in `Kind` is told.
    """
    found: list[Detail] = []
    for kind, search in _SEARCHES.items():
        for start, end in search(text):
            if not any(start < other.end and other.start < end for other in found):
                found.append(Detail(kind, start, end))
    return sorted(found, key=lambda detail: detail.start)


# Ten digits, run together or in the groups that letters and cards print them in.
_TEN_DIGITS = re.compile(
    r"(?<![\d.,£+/-])(?:\d{10}|\d{3}([ \u00a0-])\d{3}\1\d{4}|\d{6}[ \u00a0-]\d{4}"
    r"|\d\d([ /.-])\d\d\2\d\d[ -]\d{4}|\d\d \d\d \d\d \d\d \d\d)(?![\d%]|[.,/]\d)"
)
_SAYS_CHI = re.compile(r"\bCHI\b[^.\n\d]{0,25}$", re.IGNORECASE)


def _chi_numbers(text: str) -> Iterator[Span]:
    """A birth date and a right check digit; or, where the writer says CHI, any ten digits."""
    for match in _TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        named = _SAYS_CHI.search(text, max(0, match.start() - 40), match.start())
        if named or is_valid(digits, for_region=REGION_SCOTLAND):
            yield match.span()


def _nhs_numbers(text: str) -> Iterator[Span]:
    for match in _TEN_DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if digits[0] in "34679" and is_valid(digits):
            yield match.span()


# https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110
_NATIONAL_INSURANCE = re.compile(
    r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]"
    r"[ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+'-]{1,64}@(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}\b", re.IGNORECASE)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_BIRTH_DATE = re.compile(
    r"\b(?:born(?: on)?|birth|birth ?date|birthday|d\.? ?o\.? ?b\.?)\b[^\d\n]{0,25}?(?P<date>"
    r"\d{1,2}[/. -]\d{1,2}[/. -](?:\d{4}|\d\d)\b|\d{4}-\d\d-\d\d\b"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH},? (?:\d{{4}}|\d\d)\b"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b)",
    re.IGNORECASE,
)


def _birth_dates(text: str) -> Iterator[Span]:
    for match in _BIRTH_DATE.finditer(text):
        yield match.span("date")


# A number in somebody's pocket or home. Help lines (0800, 0300 and the like) are nobody's own.
_OWN = {
    phonenumbers.PhoneNumberType.FIXED_LINE,
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    phonenumbers.PhoneNumberType.PERSONAL_NUMBER,
    phonenumbers.PhoneNumberType.VOIP,
}
# What the library calls unallocated: mistyped mobiles, and the numbers kept for examples.
_MOBILE = re.compile(
    r"(?<![\d+])(?:0|(?:\+|00)44[ -]?(?:\(0\)[ -]?)?)"
    r"(?:7(?:[ -]?\d){9}|1632[ -]?960[ -]?\d{3})(?!\d)"
)


def _phones(text: str) -> Iterator[Span]:
    strict = phonenumbers.Leniency.VALID  # POSSIBLE takes a year for a number
    for found in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=strict):
        if phonenumbers.number_type(found.number) in _OWN:
            yield found.start, found.end
    for match in _MOBILE.finditer(text):
        yield match.span()


# Royal Mail PAF: the 124 areas; the last two letters are never C I K M O V.
_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E"
    " EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL"
    " LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM"
    " SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_POSTCODE = re.compile(
    rf"(?<![\w£/-])(?:{_AREAS.replace(' ', '|')})\d[\dA-Z]?[ \u00a0]{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}}"
    r"(?![\w-])",
    re.IGNORECASE,
)
# "the M8 2nd on the left": a road, and a number that counts or measures
_NOT_POSTCODE = re.compile(r"[A-Za-z]\d{1,2}\s+(?:1st|2nd|3rd|[04-9]th|\d(?:ft|hr))")


def _postcodes(text: str) -> Iterator[Span]:
    for match in _POSTCODE.finditer(text):
        if not _NOT_POSTCODE.fullmatch(match[0]):
            yield match.span()


_STREET = (
    "Street|St|Road|Rd|Avenue|Ave|Crescent|Cres|Terrace|Drive|Dr|Lane|Place|Pl|Court|Gardens|Gdns"
    "|Grove|Square|Wynd|Loan|Brae|Way|View|Close|Row|Quadrant|Path|Walk|Gate|Park|Rise|Green"
)
_ADDRESS = re.compile(
    r"(?<![\d.,£/])(?:(?i:flat|apartment|block)\s\w{1,4}(?:/\w{1,3}){0,2},?\s)?"
    r"(?!(?:19|20)\d\d\b)(?:\d{1,2}/)?\d{1,4}[A-Za-z]?,?\s"
    rf"(?:(?:[A-Z][\w'\u2019-]+\s){{1,3}}(?:{_STREET}|{_STREET.lower()})"
    r"|(?!lane|way|mile|one)[a-z]{3,}(?<!minute)(?<!hour)\s(?:street|avenue|crescent|terrace|gardens))\b"
)

_SEARCHES: dict[Kind, Callable[[str], Iterator[Span]]] = {
    Kind.CHI_NUMBER: _chi_numbers,
    Kind.NHS_NUMBER: _nhs_numbers,
    Kind.NATIONAL_INSURANCE: lambda text: (m.span() for m in _NATIONAL_INSURANCE.finditer(text)),
    Kind.EMAIL: lambda text: (m.span() for m in _EMAIL.finditer(text)),
    Kind.BIRTH_DATE: _birth_dates,
    Kind.PHONE: _phones,
    Kind.POSTCODE: _postcodes,
    Kind.ADDRESS: lambda text: (m.span() for m in _ADDRESS.finditer(text)),
    Kind.PERSON: named_people,
}
