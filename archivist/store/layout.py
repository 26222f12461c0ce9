"""Every name below the store's root that the software gives itself: its pages, its notes, its private folder."""

from __future__ import annotations

STATUS_PAGE = "归档状态.html"
METADATA = "档案元数据.json"
DECISION_PAGE = "销号决定.html"
GUIDE = "使用说明.html"
RECENT = "最近处理.html"

PROJECT_PAGES = frozenset({STATUS_PAGE, METADATA, DECISION_PAGE})
"""What stands in a project's folder besides its papers."""

OWN_PAGES = PROJECT_PAGES | {GUIDE, RECENT}
"""Pages that are written anew whenever what they say changes."""

NOTE_SUFFIX = "（说明）.txt"
"""What the name of a note adds to the name of the file it stands beside."""
