"""The folder of hooks that Git is pointed to: ours alone, whatever a repository brings."""

import os
import shlex
import sys
import tempfile
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_CODE: Final = (
    f"import sys; sys.path.insert(0, {str(_ROOT)!r}); "
    "from studio.history.pre_receive import main; sys.exit(main())"
)


def install_push_hook(folder: Path) -> Path:
    """Write the hook into `folder`, and return it. Raises OSError where Git could not run it there.

    Git passes over a hook that it may not run; so nobody may push before this has been seen to be runnable.
    """
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "pre-receive"
    script = f"#!/bin/sh\nexec {shlex.join([sys.executable, '-I', '-S', '-c', _CODE])}\n"
    if not place.exists() or place.read_text("utf-8") != script:
        handle, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(script)
        Path(temporary).chmod(0o755)
        Path(temporary).rename(place)
    demand_push_hook(folder)
    return folder


def demand_push_hook(folder: Path) -> None:
    """Raises OSError where the hook is not there, or may not be run."""
    if not os.access(folder / "pre-receive", os.X_OK):
        raise PermissionError(f"{folder / 'pre-receive'} cannot be run.")
