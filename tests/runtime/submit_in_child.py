"""A runtime that is sent a form and dies while it makes the PDF. Arguments: its folder, the app's address."""

import os
import sys
from pathlib import Path
from typing import Any

from form_journeys import begin, send, sign_in

from studio import create_runtime
from studio.config import read_settings
from studio.runtime import making_pdfs


def main(folder: str, app: str) -> None:
    """Send the form in; the process is gone in the middle of its PDF, as if somebody had pulled the plug."""

    def die(*_arguments: Any) -> tuple[()]:
        os._exit(9)

    making_pdfs.made_for = die
    runtime = create_runtime(read_settings({"STUDIO_DATA": folder}), "test")
    runtime.config["WTF_CSRF_ENABLED"] = False
    client = runtime.test_client()
    sign_in(client)
    send(client, send(client, begin(client, app), "next", name="Kåre Ærø"), "submit")


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(*sys.argv[1:])
