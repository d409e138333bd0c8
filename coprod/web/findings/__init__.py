"""Pages that say how well people were listened to: of everything, a place, a body, an engagement.

`scopes` is what a page is about and its addresses; `figures` makes figures ready to print,
`sections` puts them in order, `promised` is the card of each engagement, `raised` the findings that
raise themselves, `rows` what stands behind a figure; `showing` and `replying` are the pages.
"""

from coprod.web.findings import replying, showing
from coprod.web.findings.room import pages

__all__ = ["pages", "replying", "showing"]
