"""What all tests need before they begin."""

from __future__ import annotations

import signal

from hypothesis import HealthCheck, settings

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell that starts us in the background has Ctrl-C ignored, and the programs we start would inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile(  # a busy machine is slow, not wrong
    "archivist", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("archivist")
