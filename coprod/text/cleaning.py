"""Text at the door: one stored form, names for addresses, cells safe to open in a spreadsheet."""

import re
import unicodedata

SLUG_MAX = 60  # characters; a longer address is cut off when it is read out or printed

# What no HTML document may hold: controls, noncharacters, half of a surrogate pair.
# https://html.spec.whatwg.org/multipage/parsing.html#preprocessing-the-input-stream
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)

# Letters that stand alone in Unicode, so that decomposing them leaves no ASCII behind.
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\u0131": "i",
        "&": " and ",
    }
)
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc]")

# Full-width forms are formulas too, where a spreadsheet runs in a Japanese or Chinese locale:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[ \n]*[\t\r]")


def tidy(value: str | None) -> str:
    """The one form in which words are stored, compared and committed to; None becomes "".

    NFC, line ends as \\n, no control characters but \\n and \\t, trimmed once at both ends. Doing
    it again changes nothing. Source of the form: record-and-reliability 4.3.
    """
    if not value:
        return ""
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", lines)).strip()


def folded(value: str) -> str:
    """Letters as they are compared in searches: without case, accents or typographic forms.

    Café, CAFE and cafe are one; ł is l and æ is ae. Letters of other scripts stay as they are.
    """
    letters = unicodedata.normalize("NFKD", value)
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    return unicodedata.normalize("NFKD", bare.casefold()).translate(_LETTERS)


def slug(title: str) -> str:
    """A title as part of an address: a-z, 0-9 and hyphens, at most 60 characters, never empty.

    Cut at a word where there is one; "untitled" when nothing of the title can be written in ASCII.
    """
    words = re.findall("[a-z0-9]+", folded(_APOSTROPHES.sub("", title)))
    whole = "-".join(words)
    if len(whole) <= SLUG_MAX:
        return whole or "untitled"
    return whole[: SLUG_MAX + 1].rpartition("-")[0] or whole[:SLUG_MAX]


def csv_cell(value: object) -> str:
    """A value as one cell of a CSV file that a spreadsheet will show and never calculate.

    Text whose first character after spaces is = + - @, or a tab or carriage return, is given a
    leading apostrophe; numbers stay numbers; None is an empty cell. Quoting alone does not help.
    Source of the rule: record-and-reliability 6.2, CSV.
    """
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return str(value)
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) else text
