"""The index (``.archivist/index.db``): what is in the store, every event, and the text to search.

``schema`` and ``writer`` use sqlite-utils; ``reader`` is the light path for commands that only look (stdlib sqlite3).
"""
