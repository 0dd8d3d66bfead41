"""Deployments from the press of a button to a runtime that serves the app: real Git, databases and HTTP."""

import socket
import threading
from dataclasses import replace

import pytest
from flask import abort, request
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, Files
from studio.delivery import deployments, releases
from studio.delivery.client import ManagementClient
from studio.delivery.models import Deployment, Kind, Release, State
from studio.delivery.problems import AlreadyDeploying
from studio.delivery.room import delivery
from studio.delivery.work import STALE_AFTER
from tests.delivery.doors import Studio

TEXTS = "App/config/texts/resource.nb.json"


def changed(files: Files) -> Files:
    """The app with another text."""
    return EditedFiles(files, {TEXTS: files[TEXTS].replace(b'"value": "', b'"value": "Ny: ', 1)})


def broken(files: Files) -> Files:
    """The app with a process that cannot be read."""
    return EditedFiles(files, {"App/config/process/process.bpmn": b"<not a process"})


def deploy(studio: Studio, message: str = "") -> Deployment:
    return studio.wait_for(deployments.deploy("ttd", "moving", "Kari Lunde", message, now()))


def put(studio: Studio, version: int, environment: str) -> Deployment:
    release = releases.release("ttd", "moving", version)
    return studio.wait_for(deployments.put_into(release, environment, "Pia Strand", now()))


def take_out(studio: Studio, environment: str) -> Deployment:
    return studio.wait_for(deployments.undeploy("ttd", "moving", environment, "moving", "Pia Strand", now()))


def status_of(environment: str) -> deployments.EnvironmentStatus:
    return next(each for each in deployments.status("ttd", "moving") if each.environment.name == environment)


def test_an_app_is_live_in_test_after_one_press(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    row = deploy(studio, "The first one")
    assert (row.state, row.cause) == (State.DONE, None)
    release = status_of("test").release
    assert release is not None
    assert (release.version, release.person, release.message) == (1, "Kari Lunde", "The first one")
    assert studio.doors.test.serves("ttd", "moving") == release.bundle_id
    assert status_of("production").release is None
    steps = [event.step for event in deployments.events(row.id)]
    assert steps == ["check", "bundle", "upload", "activate", "health", "done"]


def test_versions_count_for_each_app_and_say_what_changed(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    studio.share(changed(app_files))
    assert len(releases.news(studio.delivery, "ttd", "moving").changes) == 1
    deploy(studio)
    newest = releases.latest_release("ttd", "moving")
    assert newest is not None
    assert newest.version == 2
    assert len(newest.changes) == 1
    assert not releases.news(studio.delivery, "ttd", "moving").is_new


def test_deploying_without_news_makes_no_new_release(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    assert deploy(studio).state == State.DONE
    assert [release.version for release in releases.releases("ttd", "moving")] == [1]


def test_an_app_with_errors_is_not_deployed_and_the_findings_are_kept(
    studio: Studio, app_files: Files
) -> None:
    studio.share(broken(app_files))
    row = deploy(studio)
    assert row.state == State.FAILED
    assert row.cause is not None
    assert [finding.place.path for finding in row.findings] == ["App/config/process/process.bpmn"]
    assert releases.latest_release("ttd", "moving") is None
    assert studio.doors.test.serves("ttd", "moving") is None


def test_a_release_never_changes(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    release = releases.release("ttd", "moving", 1)
    release.message = "Another"
    with pytest.raises(TypeError):
        studio_db.session.commit()
    studio_db.session.rollback()


def test_promotion_puts_the_very_same_bundle_into_production(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    studio.share(changed(app_files))  # what is shared since does not come along
    row = put(studio, 1, "production")
    assert (row.kind, row.state) == (Kind.PROMOTE, State.DONE)
    assert studio.doors.production.serves("ttd", "moving") == studio.doors.test.serves("ttd", "moving")


def test_a_release_that_was_never_in_test_does_not_go_to_production(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    studio.doors.test.opens_with = 500
    deploy(studio)
    with pytest.raises(DomainError, match="Test"):
        put(studio, 1, "production")


def test_a_release_survives_a_rewritten_history(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    studio.repositories.delete("ttd", "moving", "moving", now())
    assert put(studio, 1, "production").state == State.DONE


def test_rolling_back_serves_the_earlier_release(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    studio.share(changed(app_files))
    deploy(studio)
    row = put(studio, 1, "test")
    assert (row.kind, row.state) == (Kind.ROLLBACK, State.DONE)
    assert studio.doors.test.serves("ttd", "moving") == releases.release("ttd", "moving", 1).bundle_id


def test_an_app_taken_out_of_use_is_gone_and_can_come_back(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    assert take_out(studio, "test").state == State.DONE
    assert studio.doors.test.serves("ttd", "moving") is None
    assert status_of("test").release is None
    assert put(studio, 1, "test").state == State.DONE
    assert studio.doors.test.serves("ttd", "moving") is not None


def test_what_ends_while_it_is_looked_at_is_in_use_by_then(
    studio: Studio, app_files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio.share(app_files)
    look, looks = deployments.unfinished_in, 0

    def then_one_goes_by(org: str, app: str, environment: str) -> Deployment | None:
        nonlocal looks
        looks += 1
        found = look(org, app, environment)
        if looks == 1:
            assert deploy(studio).state == State.DONE
        return found

    monkeypatch.setattr(deployments, "unfinished_in", then_one_goes_by)
    assert status_of("test").release is not None


def test_taking_out_of_use_needs_the_name_of_the_app(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    with pytest.raises(DomainError):
        deployments.undeploy("ttd", "moving", "test", "movin", "Pia", now())


def test_only_what_is_in_use_can_be_taken_out(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    with pytest.raises(NotThere):
        deployments.undeploy("ttd", "moving", "production", "moving", "Pia", now())


def test_of_two_who_press_at_once_one_wins_and_the_other_is_told(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    held, go_on = threading.Event(), threading.Event()

    def hold(call: str) -> None:
        if call.startswith("POST"):
            held.set()
            go_on.wait(10)

    studio.doors.test.before_call = hold
    first = deployments.deploy("ttd", "moving", "Kari Lunde", "", now())
    assert held.wait(10)
    with pytest.raises(AlreadyDeploying, match="Kari Lunde"):
        deployments.deploy("ttd", "moving", "Ola Haugen", "", now())
    assert status_of("test").unfinished is not None
    go_on.set()
    assert studio.wait_for(first).state == State.DONE


def test_the_database_itself_keeps_a_second_deployment_out(studio: Studio) -> None:
    def row() -> Deployment:
        return Deployment(
            org="ttd", app="x", environment="test", kind=Kind.DEPLOY, message="", state=State.WAITING,
            person="Kari", asked_at=now(),
        )  # fmt: skip

    studio_db.session.add_all([row(), row()])
    with pytest.raises(IntegrityError):
        studio_db.session.commit()
    studio_db.session.rollback()


def test_a_runtime_that_is_down_is_said_plainly_and_nothing_is_half_done(
    studio: Studio, app_files: Files
) -> None:
    studio.share(app_files)
    studio.doors.test.stop()
    row = deploy(studio)
    assert row.state == State.FAILED
    assert "does not answer" in str(row.cause)
    assert row.remedy is not None
    studio.doors.test.start()
    assert deploy(studio).state == State.DONE
    assert [release.version for release in releases.releases("ttd", "moving")] == [1]


def test_a_runtime_that_goes_down_in_the_middle_fails_the_deployment(
    studio: Studio, app_files: Files
) -> None:
    studio.share(app_files)

    def refuse(call: str) -> None:
        if call.startswith("PUT /_management/apps"):
            request.environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            abort(503)

    studio.doors.test.before_call = refuse
    row = deploy(studio)
    assert (row.state, studio.doors.test.serves("ttd", "moving")) == (State.FAILED, None)
    studio.doors.test.before_call = lambda _call: None
    assert deploy(studio).state == State.DONE


def test_a_wrong_key_is_named_as_the_cause(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    wrong = ManagementClient(replace(studio.doors.test.environment, key="wrong"))
    clients = dict(studio.delivery.clients) | {"test": wrong}
    install_clients(studio, clients)
    row = deploy(studio)
    assert row.state == State.FAILED
    assert "key" in str(row.cause)
    wrong.close()


def install_clients(studio: Studio, clients: dict[str, ManagementClient]) -> None:
    delivery.give(studio.app, replace(studio.delivery, clients=clients))


def test_a_release_that_does_not_open_is_replaced_by_the_one_before(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    before = studio.doors.test.serves("ttd", "moving")
    studio.share(changed(app_files))
    studio.doors.test.opens_with = 500
    row = deploy(studio)
    assert row.state == State.FAILED
    assert "500" in str(row.cause)
    assert studio.doors.test.serves("ttd", "moving") == before
    live = status_of("test").release
    assert live is not None
    assert live.version == 1


def test_a_first_release_that_does_not_open_is_taken_out_again(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    studio.doors.test.opens_with = 500
    assert deploy(studio).state == State.FAILED
    assert studio.doors.test.serves("ttd", "moving") is None


def abandoned(studio: Studio, attempts: int) -> Deployment:
    """A deployment whose worker was killed some time ago, as it stands in the database."""
    row = Deployment(
        org="ttd", app="moving", environment="test", kind=Kind.DEPLOY, message="", state=State.RUNNING,
        commit=studio.repositories.open("ttd", "moving").head().id, person="Kari", asked_at=now(),
        runner="somewhere:1:dead", attempts=attempts, heartbeat_at=now() - STALE_AFTER * 2,
    )  # fmt: skip
    studio_db.session.add(row)
    studio_db.session.commit()
    return row


def test_what_a_killed_process_left_is_finished_when_somebody_looks(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    row = abandoned(studio, attempts=1)
    deployments.status("ttd", "moving")
    row = studio.wait_for(row)
    assert (row.state, row.attempts) == (State.DONE, 2)
    assert "goes on" in str(deployments.events(row.id)[0].sentence)


def test_a_deployment_that_kills_its_worker_again_and_again_is_given_up(
    studio: Studio, app_files: Files
) -> None:
    studio.share(app_files)
    row = abandoned(studio, attempts=3)
    deployments.status("ttd", "moving")
    row = studio.wait_for(row)
    assert row.state == State.FAILED
    assert "stopped" in str(row.cause)


def test_a_worker_that_lost_its_claim_stops_without_a_trace(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    held, go_on = threading.Event(), threading.Event()

    def hold(call: str) -> None:
        if call.startswith("POST") and not held.is_set():
            held.set()
            go_on.wait(10)

    studio.doors.test.before_call = hold
    asked = deployments.deploy("ttd", "moving", "Kari", "", now())
    assert held.wait(10)
    studio_db.session.execute(
        update(Deployment).where(Deployment.id == asked.id).values(runner="another", heartbeat_at=now())
    )
    studio_db.session.commit()
    go_on.set()
    studio.delivery.worker.stop()
    studio_db.session.rollback()
    row = studio_db.session.get_one(Deployment, asked.id, populate_existing=True)
    assert (row.state, row.runner) == (State.RUNNING, "another")
    assert studio.doors.test.serves("ttd", "moving") is None


def test_an_unknown_version_or_environment_is_not_there(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    with pytest.raises(NotThere):
        releases.release("ttd", "moving", 9)
    with pytest.raises(NotThere):
        deployments.put_into(releases.release("ttd", "moving", 1), "staging", "Pia", now())
    with pytest.raises(NotThere):
        deployments.deploy("ttd", "no-such-app", "Pia", "", now())
    with pytest.raises(NotThere):
        deployments.deployment("ttd", "another", 1)


def test_the_numbers_of_versions_are_unique(studio: Studio, app_files: Files) -> None:
    studio.share(app_files)
    deploy(studio)
    twin = Release(
        org="ttd", app="moving", version=1, commit="0" * 40, bundle_id="0" * 64, made_at=now(), person="",
        message="", changes=(), findings=(),
    )  # fmt: skip
    studio_db.session.add(twin)
    with pytest.raises(IntegrityError):
        studio_db.session.commit()
    studio_db.session.rollback()
