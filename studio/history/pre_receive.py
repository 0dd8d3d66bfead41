"""The hook that Git asks before a push moves anything. It is told by the environment what counts.

Started as `python -I -S -c …` (see push_hook.py): nothing of the site, and so a start of some 40 ms.
"""

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import quote

from studio.definition.sentences import Sentence
from studio.history.push_checks import ACCEPTED_BUT, NOT_CHECKED, OFFERED, REFUSED, Policy, Update, check_push

VARIABLE: Final = "STUDIO_PUSH"


def main() -> int:
    """The exit code: 0 lets the push in. Without a policy nothing comes in."""
    policy = Policy(owner=False, rules=())
    try:
        policy = Policy.from_json(os.environ[VARIABLE])
        updates = [Update(*line.split(" ", 2)) for line in _lines(sys.stdin.buffer.read())]
        verdict = check_push(Path.cwd(), updates, policy)
    except (OSError, LookupError, ValueError, subprocess.SubprocessError) as error:
        _say([f"{policy.say(Sentence(NOT_CHECKED))} ({type(error).__name__})"])
        return 1
    found = verdict.refusals or verdict.warnings
    if found:
        head = policy.say(Sentence(REFUSED if verdict.refusals else ACCEPTED_BUT))
        _say(["", head, *(f"  - {policy.say(each)}" for each in found), ""])
    if not verdict.refusals:
        _say(_offers(updates, policy))
    return 1 if verdict.refusals else 0


def _offers(updates: Iterable[Update], policy: Policy) -> Iterator[str]:
    """Where a pull request is opened from each new branch, as other servers say it too."""
    for update in updates:
        if policy.requests and update.begins_a_branch:
            yield from ("", policy.say(Sentence(OFFERED, {"name": update.name})))
            yield from (f"  {policy.requests}{quote(update.name, safe='/')}", "")


def _lines(given: bytes) -> list[str]:
    return given.decode("utf-8", "surrogateescape").splitlines()


def _say(lines: Iterable[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    sys.stderr.buffer.write(text.encode("utf-8", "replace"))
