"""Words that have broken sites: the Big List of Naughty Strings, HTML blocks, and made ones."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import html5lib

BLNS = Path(__file__).parents[1] / "data" / "blns" / "blns.json"
X = "{http://www.w3.org/1999/xhtml}"

# CommonMark 0.31.2, 4.6: what begins each of the seven kinds of HTML block, and inline HTML.
HTML = (
    "<script>alert(1)</script>",
    "<pre><script>alert(1)</script></pre>",
    "<style>@import 'https://evil.example/a.css';</style>",
    "<textarea>\n*a*\n</textarea><script>alert(1)</script>",
    "<!-- a -->\n<img src=https://evil.example/a.png onerror=alert(1)>",
    "<?php echo '<script>alert(1)</script>' ?>",
    "<!DOCTYPE html><svg/onload=alert(1)>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<table><tr><td><iframe src=javascript:alert(1)></iframe></td></tr></table>",
    "<form action=https://evil.example><button formaction=javascript:alert(1)>Press</form>",
    "<a href='javascript:alert(1)' onclick=alert(1)>here</a>",
    "<details open ontoggle=alert(1)><summary>a</summary></details>",
    "<base href=https://evil.example/><meta http-equiv=refresh content='0;url=//evil.example'>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)></style>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s></svg>",
    "[a](javascript:alert(1)) [b](JaVaScRiPt:alert(1)) [c](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=) ![a](https://evil.example/a.png)",
    '[a]: javascript:alert(1)\n\n[a] <javascript:alert(1)> <https://evil.example/"onclick=x>',
    '![x](x"onerror="alert(1)) [y](https://a.example "t" onmouseover="alert(1))',
    "`</code><script>alert(1)</script>` ```\n</pre><script>alert(1)</script>\n```",
    "\">'><img src=x onerror=alert(1)>",
    "</title></textarea></option></select></script><script>alert(1)</script>",
    "' autofocus onfocus=alert(1) x='",
    "\u2028\u2029<img/src=x/onerror=alert(1)>",
)
ODD = (
    "\u202eedit mirrored\u202c \u2066isolated\u2069",
    "\u200f\u200e\u061c marks \ufeff\u200b\u2060 and \u00ad nothing",
    "раураl (Cyrillic) and Ηealth (Greek)",
    "e\u0301 and \u00e9 and \ufb01 and \u212b and \u1e9b\u0323",
    "Z\u0337\u0322\u0321" + "\u0301" * 80,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f3f4\U000e0067\U000e0062\U000e0073",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7} <%= 7*7 %> %(a)s {0.__class__} {a!r}",
    "{{ config.items() }} {{ ''.__class__.__mro__ }} {%- include '/etc/passwd' -%}",
    "%s%s%s%n%n%n %x {} {0} %d",
    "' OR '1'='1' --",
    "'; DROP TABLE people; --",
    '" OR ""="',
    "1; SELECT pg_sleep(10)--",
    "') UNION SELECT name, email FROM people --",
    "\\'; -- \\\\",
    'NEAR/0 AND OR NOT ( ) * ^ : - + title:x "unclosed',
    "a:* & !b | (c <-> d)",
    '=HYPERLINK("https://evil.example","Read")',
    "+1+1 @SUM(1+1) -2+3 \t=1",
    "=cmd|' /C calc'!A0",
    "a\r\nSet-Cookie: a=b\r\n\r\n<b>c</b>",
    "asha@example.org\r\nBcc: everyone@example.org",
    "%0d%0aLocation:%20https://evil.example",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/dev/null\u0000.png",
    "file:///etc/passwd http://169.254.169.254/latest/",
    "NaN Infinity -0 1e309 0x10 ٣ ½ １２",
    "null undefined None true",
    "\ud7ff\ue000\ufffd\uffff\ufdd0\U0010ffff",
    "\x00\x01\x08\x0b\x1f\x7f\x80\x9f",
    "* " * 300,
    "> " * 300 + "deep",
    "[" * 500 + "](a)" * 200,
    "`" * 999,
    "_" * 500 + "a" + "*" * 500,
    "<" * 1000,
    "|a" * 200 + "\n" + "|-" * 200,
    "&amp;lt;script&amp;gt; &#0; &#x110000; &bogus;",
    "﷽" * 30,
)


@cache
def strings() -> tuple[str, ...]:
    """All of them, several hundred, the worst first."""
    known = [str(one) for one in json.loads(BLNS.read_text("utf-8")) if one]
    return (*HTML, *ODD, *known, *_made(300))


def some(number: int, seed: int = 1) -> list[str]:
    """The worst, and as many of the rest as make up `number`; another seed, others."""
    first = [*HTML, *ODD][:number]
    rest = list(strings()[len(HTML) + len(ODD) :])
    random.Random(seed).shuffle(rest)  # noqa: S311
    return first + rest[: number - len(first)]


def _made(number: int) -> list[str]:
    """Pieces of the worst, put together at random: always the same ones."""
    chance = random.Random(20_260_416)  # noqa: S311
    pieces = [piece for one in (*HTML, *ODD) for piece in re.findall(r"\W+|\w+", one)]
    return ["".join(chance.choices(pieces, k=chance.randint(3, 30))) for _ in range(number)]


def harm(page: str) -> list[str]:
    """What in a page could run, or fetch from elsewhere; nothing, where it was written by us."""
    tree: Any = html5lib.parse(page, namespaceHTMLElements=True)
    found = []
    for node in tree.iter():
        if not isinstance(node.tag, str):
            continue
        tag = node.tag.rpartition("}")[2]
        if tag in {"iframe", "object", "embed", "base", "frame", "applet", "math", "style"}:
            found.append(tag)
        if tag == "meta" and (node.get("http-equiv") or "").lower() == "refresh":
            found.append("refresh")
        if tag == "script" and not node.get("src"):
            found.append("inline script")
        found += [f"{tag} {name}" for name in node.attrib if str(name).lower().startswith("on")]
        found += _elsewhere(tag, node)
    return found


def _elsewhere(tag: str, node: Any) -> Sequence[str]:
    found = []
    for name in ("src", "href", "action", "formaction", "srcset", "data", "poster"):
        value = node.get(name)
        if value is None:
            continue
        parts = urlsplit(re.sub(r"[\x00-\x20]", "", value))
        link = tag == "a" and name == "href" and parts.scheme in {"http", "https", "mailto", "tel"}
        if (parts.scheme or parts.netloc) and not link:
            found.append(f"{tag} {name}={value[:60]}")
    return found
