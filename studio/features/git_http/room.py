"""What the views of Git over HTTP work with, handed out by the factory."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from flask import Flask

from studio.features.git_http.gate import Gate
from studio.history.push_checks import PushLimits
from studio.history.push_hook import install_push_hook
from studio.web import Part


@dataclass(frozen=True, slots=True)
class GitRoom:
    """`hooks` is the folder of the hook that looks at pushes; `idle` how many seconds nothing may move."""

    hooks: Path
    limits: PushLimits = field(default_factory=PushLimits)
    gate: Gate = field(default_factory=Gate)
    idle: float = 60.0


git_room: Final[Part[GitRoom]] = Part("git_http")


def install_git_http(app: Flask, hooks: Path, limits: PushLimits) -> None:
    """Serve Git over HTTP, with a hook in the folder `hooks`. Raises OSError where it could not run."""
    git_room.give(app, GitRoom(install_push_hook(hooks), limits))
