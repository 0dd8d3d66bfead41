"""A Studio process that begins one check and stays in it: for tests that kill it. Argument: a folder."""

import sys
import threading

from studio import create_app
from studio.config import read_settings
from studio.reviews import check_work
from studio.reviews.check_work import CheckWork


def main(folder: str) -> None:
    """Claim a check, say so, and never come back from it."""
    app = create_app(read_settings({"STUDIO_DATA": folder, "STUDIO_CHROMIUM": "off"}))
    do = CheckWork(app).claim("child")
    assert do is not None
    check_work._attempt = stay
    do()


def stay(*_given: object) -> None:
    """Do the check for ever."""
    print("begun", flush=True)  # noqa: T201 - the test waits for it
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1])
