"""What the room works with."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studio.browser import Limits
from studio.jobs.worker import Worker
from studio.web.parts import Part

if TYPE_CHECKING:
    from studio.history.repositories import Repositories


@dataclass(frozen=True, slots=True)
class Checking:
    """Who works on the checks of pull requests. `chromium` is the program that was chosen, "" for any."""

    worker: Worker
    repositories: "Repositories"
    chromium: str = ""
    limits: Limits = field(default_factory=Limits)


checking: "Part[Checking]" = Part("checking")
