"""What is there on the first start, for trying Studio on one's own machine."""

from datetime import UTC, datetime
from pathlib import Path

from studio import demo
from studio.definition.app import AppDefinition
from studio.history.repositories import Repositories

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_there_is_an_app_that_shows_all_components(tmp_path: Path) -> None:
    repositories = Repositories(tmp_path)
    demo.create_gallery(repositories, NOON)
    assert repositories.all() == [("demo", "galleri")]
    app = AppDefinition(repositories.open("demo", "galleri").files("main"))
    assert app.metadata.raw["title"]["nn"] == "Galleri: alle komponentar"
    assert len(app.layout_sets[0].pages) > 10


def test_an_app_of_that_name_that_is_there_already_is_left_alone(tmp_path: Path) -> None:
    repositories = Repositories(tmp_path)
    demo.create_gallery(repositories, NOON)
    before = repositories.open("demo", "galleri").files("main").tree_id
    demo.create_gallery(repositories, NOON)
    assert repositories.open("demo", "galleri").files("main").tree_id == before
