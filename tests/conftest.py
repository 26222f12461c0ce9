"""What all tests need before they begin."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts us in the background has Ctrl-C ignored, and the programs we start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(  # a busy machine is slow, not wrong
    "archivist", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("archivist")


@pytest.fixture(scope="session", autouse=True)
def reading_processes_ended() -> Iterator[None]:
    """End the nurseries, which live as long as their process, before the interpreter complains of them."""
    yield
    nursing = sys.modules.get("archivist.extract.processes.nursing")
    if nursing is not None:
        for library, nurse in list(nursing._nurses.items()):
            nursing._dismiss(library, nurse)
