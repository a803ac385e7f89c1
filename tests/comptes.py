"""What the run counts, in one place: pytest loads conftest.py under its own name, tests import it under another."""

from __future__ import annotations

from collections import Counter

compteurs: Counter[str] = Counter()
"""What was checked, told at the end of the run."""
