"""Values as the index writes them down (记法): one way, so that equal values are equal text."""

from __future__ import annotations

import json
from typing import Any


def to_json(value: Any) -> str:
    """JSON as it is kept in the database: compact, readable Chinese, keys in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
