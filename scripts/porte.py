"""What every command shares: the project at hand, and one French sentence for whatever nobody foresaw.

``--trace``, after any command, shows where an unforeseen error comes from, for whoever reports it.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

RACINE = Path(__file__).resolve().parent.parent
if str(RACINE) not in sys.path:
    sys.path.insert(0, str(RACINE))
TRACE = "--trace" in sys.argv
"""Whether the traces of unforeseen errors are to be shown."""
sys.argv[:] = [argument for argument in sys.argv if argument != "--trace"]


def ouvrir(commande: Callable[[], int]) -> NoReturn:
    """Run a command and end with its status: 130 when it is interrupted, 1 on an error that it did not foresee."""
    try:
        sys.exit(commande())
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:
        from macros.lecture import pannes

        with contextlib.suppress(BrokenPipeError):
            if TRACE:
                traceback.print_exc()
            print(pannes.expliquer(traceback.format_exc()), file=sys.stderr)
        sys.exit(1)
