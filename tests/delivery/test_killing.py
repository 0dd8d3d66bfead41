"""A Studio process that is killed with SIGKILL in the middle of a deployment, at each step of it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import select, update

from studio.database import studio_db
from studio.database.clock import now
from studio.definition.files import Files
from studio.delivery import deployments, releases
from studio.delivery.models import Deployment, State
from studio.delivery.work import STALE_AFTER
from tests.delivery.doors import Studio

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "at", ["POST /_management/bundles", "PUT /_management/blobs", "PUT /_management/apps", "GET /ttd/moving/"]
)
def test_a_deployment_outlives_the_process_that_began_it(studio: Studio, app_files: Files, at: str) -> None:
    studio.share(app_files)
    reached, go_on = threading.Event(), threading.Event()

    def hold(call: str) -> None:
        if call.startswith(at) and not reached.is_set():
            reached.set()
            go_on.wait(20)

    studio.doors.test.before_call = hold
    origins = [door.environment.origin for door in (studio.doors.test, studio.doors.production)]
    script = [sys.executable, "-m", "tests.delivery.deploy_in_child", str(studio.folder), *origins]
    child = subprocess.Popen(script, cwd=ROOT)
    assert reached.wait(20)
    child.kill()
    child.wait()
    go_on.set()

    # As if the ten seconds without a sign of life had passed.
    studio_db.session.execute(update(Deployment).values(heartbeat_at=now() - STALE_AFTER * 2))
    studio_db.session.commit()
    deployments.status("ttd", "moving")
    row = studio.wait_for(studio_db.session.scalars(select(Deployment)).one())

    assert (row.state, row.attempts) == (State.DONE, 2)
    assert [release.version for release in releases.releases("ttd", "moving")] == [1]
    assert studio.doors.test.serves("ttd", "moving") == releases.release("ttd", "moving", 1).bundle_id
