"""Pages where people say something, read what others said, talk it over and support it."""

from coprod.web.contributions.listing import seeded, shown
from coprod.web.contributions.moderating import show_again
from coprod.web.contributions.owning import take_back
from coprod.web.contributions.posting import new
from coprod.web.contributions.room import pages
from coprod.web.contributions.showing import show

__all__ = ["new", "pages", "seeded", "show", "show_again", "shown", "take_back"]
