"""The demonstration: ten areas of Lanarkshire, told through actions on a clock that is set.

Places and public bodies are real; every person, group and word is invented.
"""

from coprod.demo.cast import PASSWORD
from coprod.demo.loading import SignIn, load

__all__ = ["PASSWORD", "SignIn", "load"]
