"""A file put down whole or not at all, whatever cuts the build short. Knows nothing of the project."""

from __future__ import annotations

import tempfile
from pathlib import Path


def deposer(place: Path, octets: bytes) -> None:
    """Write ``octets``: cut short, only a temporary name is left, that nothing asks for. Raises OSError."""
    with tempfile.NamedTemporaryFile(dir=place.parent, prefix=".partiel-", delete=False) as partiel:
        try:
            partiel.write(octets)
            partiel.close()
            Path(partiel.name).replace(place)
        except OSError:
            Path(partiel.name).unlink(missing_ok=True)
            raise
