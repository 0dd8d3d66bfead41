"""`python -m bench [part …]`: run benchmarks, print the figures and merge them into results.json.

`python -m bench peers` runs Studio beside other products (bench/peers).
"""

import importlib
import json
import os
import pkgutil
import platform
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import peers

RESULTS = Path(__file__).parent / "results.json"


def main(names: list[str]) -> int:
    """Run the named parts, or all; returns the exit code."""
    if names[:1] == ["peers"]:
        return peers.main(names[1:])
    parts = _parts()
    unknown = [name for name in names if name not in parts]
    if unknown:
        print(f"There is no benchmark {', '.join(unknown)}. There are: {', '.join(parts)}.")
        return 2
    for name in names or parts:
        print(f"── {name} ──", flush=True)
        figures = parts[name]()
        print(json.dumps(figures, indent=2, ensure_ascii=False), flush=True)
        _keep(name, figures)
    return 0


def _parts() -> dict[str, Callable[[], dict[str, Any]]]:
    """The modules of this package that measure something, by name."""
    found = {}
    for part in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not part.name.startswith("_"):
            measure = getattr(importlib.import_module(f"bench.{part.name}"), "measure", None)
            if measure is not None:
                found[part.name] = measure
    return found


def _keep(name: str, figures: dict[str, Any]) -> None:
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    when = datetime.fromtimestamp(time.time(), UTC).isoformat(timespec="seconds")
    known[name] = {"measured": when, "cores": os.cpu_count(), "python": platform.python_version(), **figures}
    RESULTS.write_text(json.dumps(known, indent=2, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
