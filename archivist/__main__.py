"""``python -m archivist`` and the ``archivist`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    from archivist.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
