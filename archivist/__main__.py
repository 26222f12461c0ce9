"""``python -m archivist`` and the ``archivist`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    try:
        from archivist.cli import run
    except KeyboardInterrupt:  # Ctrl-C while the program was still loading
        sys.exit(130)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
