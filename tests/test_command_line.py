"""What a command imports before it does its work: it answers at once where it needs little."""

import subprocess
import sys

import pytest

_SAYS_WHAT_IS_LOADED = """
import sys
from studio.cli import cli
cli({arguments!r}, standalone_mode=False)
print(*sorted(sys.modules), file=sys.stderr)
"""


def _loaded(program: str) -> set[str]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


@pytest.mark.parametrize("arguments", [["--help"], ["serve", "--help"], ["people", "add", "--help"]])
def test_help_is_given_without_any_room(arguments: list[str]) -> None:
    loaded = _loaded(_SAYS_WHAT_IS_LOADED.format(arguments=arguments))

    assert not loaded & {"flask", "sqlalchemy", "pygit2", "studio.definition.app", "studio.web"}


def test_the_runtime_is_loaded_without_the_screens_of_studio() -> None:
    loaded = _loaded(
        "import sys; from studio import serving; serving.load_runtime(); print(*sys.modules, file=sys.stderr)"
    )

    assert "studio.runtime.install" in loaded
    rooms = {module.split(".")[1] for module in loaded if module.startswith("studio.")}
    assert not rooms & {
        "features",
        "reviews",
        "delivery",
        "history",
        "accounts",
        "notices",
        "outside_remotes",
    }
