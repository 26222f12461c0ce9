"""archivist: from a dropped scan to a complete, provable project archive (项目档案)."""

__version__ = "0.1.0"
