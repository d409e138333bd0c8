"""The published vocabulary: everything the record can say.

`terms` are the closed lists, `acts` the events, `envelope` what all of them share, `codec` how they
become plain facts and come back. No database, no clock, no web: whoever holds a copy of the record
can read it with this package alone.
"""

from coprod.events.acts import *  # noqa: F403  the vocabulary is read as one: events.SupportGiven
from coprod.events.envelope import *  # noqa: F403
from coprod.events.terms import *  # noqa: F403
