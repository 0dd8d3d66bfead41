"""Fixtures for delivery: two runtimes' doors, and a Studio that delivers to them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.definition.files import Files
from studio.definition.templates import new_app
from tests.delivery.doors import Door, Doors, Studio


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    made = [Door(tmp_path / name, name) for name in ("test", "production")]
    yield Doors(*made)
    for door in made:
        door.close()


@pytest.fixture
def studio(doors: Doors, tmp_path: Path) -> Iterator[Studio]:
    there = Studio(tmp_path, doors)
    with there.app.app_context():
        yield there
        there.close()


@pytest.fixture(scope="session")
def app_files() -> Files:
    """A whole app that the check finds no errors in."""
    return new_app("moving", "ttd", {"nb": "Flytting", "en": "Moving"}, "contact")
