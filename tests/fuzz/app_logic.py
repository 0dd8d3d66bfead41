"""Python files of apps as Studio reads them, and bytes as the runtime gets them from hooks.

`python -m tests.fuzz.app_logic`; the arguments are those of libFuzzer (-max_total_time=600 and so on).
"""

import io
import sys
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["studio.definition.app_logic", "studio.runtime.logic.messages"]):
    from studio.definition.app_logic import read_logic_file
    from studio.runtime.logic.messages import BadMessage, received, unpacked


def try_one(data: bytes) -> None:
    """Neither may raise anything but its own error."""
    read_logic_file(data)
    read_logic_file(data, gives_options=True)
    with suppress(BadMessage):
        body = received(io.BytesIO(data).read, 65_536)
        assert body is None or isinstance(unpacked(body), dict)
    with suppress(BadMessage):
        assert isinstance(unpacked(data), dict)


def main() -> None:
    """Try until the time is over."""
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
