"""Our own format: history as CSV files in a folder, or the same in a zip. See the data dictionary.

`read` looks at everything before anything is written; `bring_in` then writes all of it, or none.
"""

from coprod.importing.bundle.bringing_in import bring_in
from coprod.importing.bundle.reading import Bundle, read

__all__ = ["Bundle", "bring_in", "read"]
