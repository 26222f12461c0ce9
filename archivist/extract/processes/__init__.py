"""The processes that extraction runs in: disposable ones for parsing, warm ones for recognition."""
