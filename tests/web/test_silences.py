"""Whoever silences a checker says why, on the same line or on the one above."""

import re
from pathlib import Path

import studio

_SILENCE = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+|type: ignore\[[^\]]*\])(?P<reason>.*)$")
ROOT = Path(studio.__file__).parents[1]


def test_every_silence_has_its_reason() -> None:
    silent = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("studio", "studio_app", "bench")
        for path in (ROOT / folder).rglob("*.py")
        for number, (above, line) in enumerate(_pairs(path), 1)
        if (found := _SILENCE.search(line)) and not found["reason"].strip(" -#") and not above.startswith("#")
    ]
    assert silent == []


def _pairs(path: Path) -> list[tuple[str, str]]:
    """(the line above, the line) of a file."""
    lines = path.read_text().splitlines()
    return [(above.strip(), line) for above, line in zip(["", *lines], lines, strict=False)]
