"""sqlite-utils, without numpy: it would load it for columns of numpy's types, which we have none of, and every command that
writes would take a sixth of a second longer.
"""

from __future__ import annotations

import sys

_NOT_LOADED = [name for name in ("numpy", "pandas") if name not in sys.modules]
for _name in _NOT_LOADED:
    sys.modules[_name] = None  # type: ignore[assignment]  # what "import" takes for not installed
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _NOT_LOADED:
        del sys.modules[_name]

__all__ = ["Database", "Migrations"]
