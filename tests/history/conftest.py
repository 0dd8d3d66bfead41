"""A folder of repositories with one small app in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from history_edits import KARI, NOW, SMALL_APP

from studio.definition.files import MemoryFiles
from studio.history.repositories import Repositories
from studio.history.repository import Repository


@pytest.fixture
def repositories(tmp_path: Path) -> Repositories:
    return Repositories(tmp_path / "repos")


@pytest.fixture
def small(repositories: Repositories) -> Repository:
    return repositories.create("ttd", "small", MemoryFiles(SMALL_APP), KARI, "Make the app", NOW)


@pytest.fixture
def reopen(repositories: Repositories, small: Repository) -> Callable[[], Repository]:
    """The same app as another process would open it."""
    return lambda: repositories.open("ttd", "small")
