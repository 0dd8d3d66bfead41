"""Finds a Chromium for the browser tests, or gets one; prints where it is.

In this order: $STUDIO_CHROMIUM, the system's, Playwright's own (downloaded if need be), Debian's (as root).
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright

# No sandbox: the tests also run as root in a container. The rest keeps the browser quiet.
FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


class NoChromium(RuntimeError):
    """There is no Chromium, and none could be had."""


def find() -> Path | None:
    """The Chromium that is there, or None. Raises NoChromium where $STUDIO_CHROMIUM names none."""
    chosen = os.environ.get("STUDIO_CHROMIUM")
    if chosen:
        if not os.access(chosen, os.X_OK):
            raise NoChromium(f"STUDIO_CHROMIUM is {chosen}, but there is no program there.")
        return Path(chosen)
    of_the_system = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(of_the_system) if of_the_system else _of_playwright()


def _of_playwright() -> Path | None:
    with sync_playwright() as playwright:
        place = Path(playwright.chromium.executable_path)
    return place if place.exists() else None


def get() -> Path:
    """A Chromium, installed now if there was none. Raises NoChromium."""
    there = find()
    if there is not None:
        return there
    _try(sys.executable, "-m", "playwright", "install", "chromium")
    there = find()
    if there is None and os.geteuid() == 0 and shutil.which("apt-get"):
        _try("apt-get", "update", "-qq")
        _try("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
        there = find()
    if there is None:
        raise NoChromium(
            "The browser tests need a Chromium. Install one, or name yours with STUDIO_CHROMIUM."
        )
    return there


def _try(*command: str) -> None:
    print(f"Trying {' '.join(command)} …", file=sys.stderr)  # noqa: T201 - a script that talks to people
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        print(get())  # noqa: T201 - the command line
    except NoChromium as problem:
        sys.exit(str(problem))
