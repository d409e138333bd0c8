"""Words that suggest somebody is in danger now, so that help lines can be shown beside the form.

Never a block, never stored, never held against the writer. The list is ours and stays silent about
services, the past and dying well: most who write of suicide on a site like this write about care.
"""

import re


def _either(*ways: str) -> str:
    return f"(?:{'|'.join(ways)})"


# "ah", "cannae", "tae": as spoken, and typed, in Lanarkshire.
_I = _either("i", "i'?m", "i am", "i'?ve", "i have", "i'?ll", "ah", "ah'?m")
_MYSELF = _either("myself", "my self", "masel", "mysel")
_THEY = _either("he", "she", "they")
_THEMSELF = _either("himself", "herself", "themself", "themselves")
_SOMEBODY = _either(
    *(_THEY, "husband", "wife", "partner", "ex", "boyfriend", "girlfriend", "friend", "neighbour"),
    *("son", "daughter", "brother", "sister", "mum", "mother", "dad", "father"),
)
_A_FEW_WORDS = r"(?:[\w']+ ){0,5}?"
_ONE_WORD = r"(?:[\w']+ )?"
_WANT = _either("want", "wanting", "wanna") + r"(?: (?:to|tae))?"
_ELSEWHERE = r"(?! (?:at|in|on|near|with|next|there|like|alone|peacefully|well|when)\b)"
_INTENT = _either("wan(?:t|na)( to)?", "going to", "gonnae?", "might", "about to", "keep", "been")
_INJURE = _either("hurt", "harm", "cut", "burn") + "(?:ting|ing)?"
_THREATEN = _either(
    r"(?:is|'?s|are|'?re|was|keeps)? ?(?:going|trying|threatening|threatened|wants?) to",
    rf"(?:'?ll|will|says {_THEY}'?ll|said {_THEY}(?:'?d| would| will))",
)
_KILL = _either("kill", "hang", "drown") + "(?:ing)?"

_IN_CRISIS = (
    # to end one's life
    rf"{_I} {_A_FEW_WORDS}{_KILL} {_MYSELF}",
    rf"{_I} {_A_FEW_WORDS}(?:end|ending|take|taking)"
    r" (?:it all|my (?:own )?life|ma ain life)(?! in)",
    rf"{_I} {_ONE_WORD}{_WANT} (?:die|be dead){_ELSEWHERE}",
    r"wish (?:i|ah) (?:was|were|wis) dead",
    r"(?:i'?d be|i am|i'?m|they'?d be|they would be|everyone would be|would all be)"
    r" better off (?:dead|without me)",
    rf"(?:i|ah) (?:don'?t|do not|dinnae) {_WANT} (?:be here|live|wake up|be alive){_ELSEWHERE}",
    r"(?:no|any) (?:reason|point) (?:to live|(?:in )?living|being alive)",
    r"nothing (?:left )?to live for",
    r"(?:i|ah) (?:can'?t|cannot|cannae|canny) (?:go on|cope|keep going|take (?:it|this)|do this)"
    r" (?:any ?more|any longer|much longer)",
    r"(?:i am|i'?m|i feel|i'?ve been feeling|ah'?m) (?:[\w']+ )?suicidal",
    rf"{_I} (?:[\w']+ )?thinking (?:about|of) (?:suicide|ending|dying|killing {_MYSELF})",
    rf"{_SOMEBODY}(?: is|'?s| are|'?re) (?:[\w']+ )?suicidal",
    rf"{_SOMEBODY}(?: is|'?s| are|'?re)? (?:wants?|going|trying|threatening|says|keeps)"
    rf" {_A_FEW_WORDS}(?:{_KILL} {_THEMSELF}|(?:end|take) (?:his|her|their) (?:own )?life)",
    # to hurt oneself, or to have just done it
    rf"{_I} {_A_FEW_WORDS}(?:harm|{_INTENT} {_ONE_WORD}{_INJURE}) {_MYSELF}(?! off)",
    rf"{_I} (?:[\w']+ )?self[ -]?harm(?:ing)?",
    r"(?:i'?ve|i have|i|he'?s|she'?s|he has|she has) (?:just )?(?:taken|took)"
    r" (?:an overdose|all my (?:tablets|pills|medication)|too many (?:tablets|pills))",
    rf"{_I} (?:about|going) to (?:take an overdose|overdose)",
    # danger from somebody else
    rf"{_SOMEBODY} ?{_THREATEN} kill (?:me|us|my kids|my children)",
    rf"{_SOMEBODY} (?:is |keeps |still )?(?:hits|hitting|beats|beating|strangles|rapes|raped) me",
    r"(?:i am|i'?m|we are|we'?re) (?:[\w']+ )?"
    r"(?:not safe at home|in danger|(?:scared|afraid) to go home)",
    r"(?:scared|afraid|frightened|fear) for my life",
)
_CRISIS = re.compile(rf"\b{_either(*_IN_CRISIS)}\b", re.IGNORECASE)


def crisis(text: str) -> bool:
    """Whether the words suggest that the writer, or someone they write of, is in danger now."""
    words = re.sub(r"\s+", " ", text.replace("\u2019", "'"))
    return _CRISIS.search(words) is not None
