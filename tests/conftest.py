"""What every test may ask for: the shared vectors (`--vectors DIR` names their folder)."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.kept_templates import keep_templates

# The same examples at every run, so that a run that fails fails again; `make fuzz` tries others. How long one
# takes says more about the machine than about the code.
settings.register_profile("repeat", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", print_blob=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))

_ROOT = Path(__file__).resolve().parent.parent
# Rooms in which most tests drive all of Studio, or all real apps: `make test-fast` has no time for them.
_WHOLE = {"accounts", "conformance", "features", "security"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--vectors",
        default=str(_ROOT.parent / "shared" / "vectors"),
        metavar="DIR",
        help="the folder of shared vectors (default: ../shared/vectors beside the repository)",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.stash[VECTORS] = Path(config.getoption("--vectors")).resolve()
    keep_templates()


def pytest_itemcollected(item: pytest.Item) -> None:
    """Leave out of `make test-fast` what takes long as a whole room."""
    if _ROOT in item.path.parents and item.path.relative_to(_ROOT).parts[1] in _WHOLE:
        item.add_marker("slow")


VECTORS = pytest.StashKey[Path]()


@pytest.fixture(scope="session")
def vectors(pytestconfig: pytest.Config) -> Path:
    """The folder of shared vectors, read in place."""
    folder = pytestconfig.stash[VECTORS]
    if not folder.is_dir():
        pytest.fail(
            f"The shared vectors are missing: there is no folder {folder}. Name it with --vectors DIR."
        )
    return folder
