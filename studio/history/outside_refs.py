"""What other servers' repositories hold, as it was seen last: kept in refs of our own, beside the branches.

What comes from there lies apart until it has been looked at as a push is. Nobody is handed these refs.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pygit2

from studio.definition.sentences import Sentence
from studio.history.push_checks import NOTHING, Policy, PushLimits, Update, check_push

PREFIX: Final = "refs/outside/"
_HEADS: Final = "refs/heads/"


def last_seen(repository: Path) -> dict[str, str]:
    """The branches of the other server -> their newest commits, as they were last fetched or sent."""
    git = pygit2.Repository(str(repository))
    refs = (ref for ref in git.references.iterator() if ref.name.startswith(PREFIX))
    return {ref.name.removeprefix(PREFIX): str(ref.target) for ref in refs}


def forget(repository: Path, branches: Iterable[str]) -> None:
    """Let go of branches that the other server does not have any more."""
    git = pygit2.Repository(str(repository))
    for branch in branches:
        if PREFIX + branch in git.references:
            git.references.delete(PREFIX + branch)


def remember(repository: Path, branch: str, commit: str) -> None:
    """The other server's branch is at a commit that we have."""
    pygit2.Repository(str(repository)).references.create(PREFIX + branch, commit, force=True)


def take_in(
    repository: Path, apart: Path, branches: Iterable[str], limits: PushLimits
) -> dict[str, tuple[Sentence, ...]]:
    """Take over what was fetched into `apart`, branch by branch, if it is what a push may bring.

    Returns why a branch was not taken, by its name. Raises OSError or CalledProcessError if Git fails.
    """
    refused = {}
    for branch in branches:
        found = str(pygit2.Repository(str(apart)).references[_HEADS + branch].target)
        update = Update(NOTHING, found, _HEADS + branch)
        # The rules of our branches are not asked: none of these moves here.
        verdict = check_push(repository, [update], Policy(True, (), limits), _apart(repository, apart))
        if verdict.refusals:
            refused[branch] = verdict.refusals
        else:
            _copy(repository, apart, branch)
    return refused


def _copy(repository: Path, apart: Path, branch: str) -> None:
    options = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance")
    refs = f"+{_HEADS}{branch}:{PREFIX}{branch}"
    command = ["git", "-c", "protocol.file.allow=always", "fetch", *options, "--", str(apart), refs]
    subprocess.run(command, cwd=repository, env=_environment(), check=True, capture_output=True)


def _apart(repository: Path, apart: Path) -> dict[str, str]:
    """As Git itself has it for a push: new objects here, all others there."""
    return _environment() | {
        "GIT_OBJECT_DIRECTORY": str(apart / "objects"),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(repository / "objects"),
    }


def _environment() -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
