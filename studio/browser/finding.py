"""Finds the Chromium of this machine."""

import os
import shutil
from pathlib import Path
from typing import Final

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium(chosen: str = "") -> Path | None:
    """The program that was chosen, else the first on PATH; None where there is none, or "off" was chosen."""
    if chosen:
        return Path(chosen) if os.access(chosen, os.X_OK) else None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None
