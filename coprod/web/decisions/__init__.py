"""Pages of decisions: what was decided and whose words it used, writing one down, and after it.

`showing` is for everyone, `writing` for officers, `citing` for the person quoted, `checking` for
whoever settles disputes, `acting` for what was to be done.
"""

from coprod.web.decisions import acting, checking, citing, showing, writing
from coprod.web.decisions.room import pages

__all__ = ["acting", "checking", "citing", "pages", "showing", "writing"]
