"""Outside remotes for Studio's Flask application."""

from typing import TYPE_CHECKING

from flask import Flask

from studio.history.push_checks import PushLimits
from studio.outside_remotes.room import RemoteRoom, remote_room
from studio.outside_remotes.sealing import Sealer
from studio.outside_remotes.work import RemoteWork

if TYPE_CHECKING:
    from studio.history.repositories import Repositories


def install_outside_remotes(
    app: Flask, repositories: "Repositories", key: str, inside: frozenset[str], limits: PushLimits
) -> None:
    """Hand `app` what outside remotes work with; nothing runs yet. `inside`: see RemoteRoom."""
    worker = RemoteWork(app, repositories.root).worker
    remote_room.give(app, RemoteRoom(repositories, Sealer(key), inside, limits, worker))
    was_woken = False

    @app.before_request
    def _go_on() -> None:
        """The first request of a process looks for what another process left behind."""
        nonlocal was_woken
        if not was_woken:
            was_woken = True
            worker.wake()
