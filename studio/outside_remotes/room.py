"""What the room works with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.history.push_checks import PushLimits
from studio.jobs.worker import Worker
from studio.outside_remotes.sealing import Sealer
from studio.web.parts import Part

if TYPE_CHECKING:
    from studio.history.repositories import Repositories


@dataclass(frozen=True, slots=True)
class RemoteRoom:
    """The values of this installation. `inside` are servers of one's own network that apps may name."""

    repositories: "Repositories"
    sealer: Sealer
    inside: frozenset[str]
    limits: PushLimits
    worker: Worker


remote_room: "Part[RemoteRoom]" = Part("outside_remotes")
