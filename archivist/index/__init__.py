"""The index (``.archivist/index.db``): what is in the store, every event, and the text to search.

One noun a file; opened, the index has each as an attribute: ``index.sources.unfinished()``, ``index.waivers.of(project)``.

``reader``         the index opened to look: every noun, loaded when first asked for (standard library alone)
``writer``         the index opened to change; ``transactions`` keep table, event and log in step (sqlite-utils)
``database``       what a noun holds: it asks, and changes what it may
``events``, ``mirror``, ``changes``, ``rebuild``   the log, and the tables made of it again
"""
