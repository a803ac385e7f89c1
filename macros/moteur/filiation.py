"""A process that works for another goes with it, even killed: nothing goes on writing what nobody will read."""

from __future__ import annotations

import ctypes
import signal
import sys
from contextlib import suppress

_A_LA_MORT_DU_PARENT = 1  # PR_SET_PDEATHSIG


def mourir_avec_le_parent() -> None:
    """Ask the system, where it knows how (Linux), to kill this process as soon as its parent ends."""
    if sys.platform == "linux":
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(_A_LA_MORT_DU_PARENT, signal.SIGKILL)
