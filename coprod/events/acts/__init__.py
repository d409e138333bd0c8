"""Everything the record can say, one frozen class each. A class, once published, never changes."""

from coprod.events.acts.deciding import *  # noqa: F403
from coprod.events.acts.engaging import *  # noqa: F403
from coprod.events.acts.ground import *  # noqa: F403
from coprod.events.acts.looking_back import *  # noqa: F403
from coprod.events.acts.raising import *  # noqa: F403
