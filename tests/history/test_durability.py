"""Proofs: a process killed at any moment, and several processes at one draft, lose and repeat nothing."""

import os
import random
import select
import signal
import subprocess
import time
import traceback
from collections import Counter
from collections.abc import Callable

import pytest
from history_edits import KARI, NOW, SMALL_APP, SetValue, value_at

from studio.definition.files import MemoryFiles
from studio.history import maintenance
from studio.history.locking import locked
from studio.history.marks import read_mark
from studio.history.repositories import Repositories
from studio.history.repository import Repository

KILLS = int(os.environ.get("STUDIO_KILLS", "500"))
RACE_SECONDS = float(os.environ.get("STUDIO_RACE_SECONDS", "30"))
NUMBERS = "App/numbers.json"
APP = {**SMALL_APP, NUMBERS: b'{\n  "0": 0,\n  "1": 0,\n  "2": 0,\n  "3": 0\n}\n'}

pytestmark = pytest.mark.slow


@pytest.fixture
def numbers(repositories: Repositories) -> Repository:
    return repositories.create("ttd", "numbers", MemoryFiles(APP), KARI, "Make the app", NOW)


@pytest.mark.timeout(300)
def test_a_process_killed_at_any_moment_loses_no_acknowledged_edit(
    repositories: Repositories, numbers: Repository
) -> None:
    chance = random.Random(2026)
    acknowledged: list[str] = []
    in_flight: tuple[int, str | None] = (1, None)
    for kill in range(KILLS):
        moment = chance.uniform(0.0, 0.06)
        said = _run_and_kill(lambda again=in_flight: _writes(repositories, *again), moment)
        acknowledged += [line for line in said if " " not in line]
        # An edit that was not acknowledged is sent again as it was, as a browser does: it may be there.
        last = said[-1].split()
        in_flight = (int(last[0]), last[1]) if len(last) == 2 else (int(last[0]) + 1, None)
        if kill % 50 == 0:
            _fsck(numbers)
    assert len(acknowledged) > KILLS
    _fsck(numbers)
    recorded = _recorded(numbers)
    assert [edit for edit, times in recorded.items() if times > 1] == []
    assert set(acknowledged) - set(recorded) == set()
    assert len(set(recorded) - set(acknowledged)) <= 1
    draft = repositories.open("ttd", "numbers").draft("kari")
    draft.apply(SetValue(NUMBERS, "/0", "the end"), draft.revision, KARI, NOW)
    draft.share("The end", KARI, NOW)


@pytest.mark.timeout(300)
def test_four_processes_at_one_draft_apply_every_edit_exactly_once(
    repositories: Repositories, numbers: Repository
) -> None:
    end = time.monotonic() + RACE_SECONDS
    writers = [_start(lambda name=name: _race(repositories, name, end)) for name in range(4)]
    acknowledged: list[str] = []
    for process, pipe in writers:
        with os.fdopen(pipe) as stream:
            acknowledged += stream.read().split()
        assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0

    recorded = _recorded(numbers)
    assert len(acknowledged) > 4 * RACE_SECONDS
    assert recorded == Counter(acknowledged)
    assert set(recorded.values()) == {1}
    last = {name: max(int(edit.split("-")[1]) for edit in acknowledged if edit[0] == name) for name in "0123"}
    assert value_at(repositories.open("ttd", "numbers").draft("kari").files[NUMBERS]) == last
    _fsck(numbers)


def test_packing_while_others_write_loses_nothing(repositories: Repositories, numbers: Repository) -> None:
    end = time.monotonic() + min(RACE_SECONDS, 5)
    process, pipe = _start(lambda: _race(repositories, 0, end))
    packed = 0
    while time.monotonic() < end:
        packed += maintenance.pack(numbers.folder)
    with os.fdopen(pipe) as stream:
        acknowledged = stream.read().split()
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
    assert packed > 0
    assert _recorded(numbers) == Counter(acknowledged)
    _fsck(numbers)


def _writes(repositories: Repositories, first: int, base: str | None) -> "Callable[[int], None]":
    """A stream of edits, with undo, redo and sharing between them."""

    def write(pipe: int) -> None:
        draft = repositories.open("ttd", "numbers").draft("kari")
        number, sent_on = first, base or draft.revision
        while True:
            change = SetValue(NUMBERS, f"/{number % 4}", number)
            os.write(pipe, f"{number} {sent_on}\n".encode())
            draft.apply(change, sent_on, KARI, NOW, edit_id=str(number))
            os.write(pipe, b"%d\n" % number)
            number += 1
            if number % 5 == 0:
                draft.undo(KARI, NOW)
                draft.redo(KARI, NOW)
            if number % 11 == 0:
                draft.share(f"Up to {number}", KARI, NOW)
            sent_on = draft.revision

    return write


def _race(repositories: Repositories, name: int, end: float) -> "Callable[[int], None]":
    """One writer of its own number, who learns only now and then what the others did."""

    def write(pipe: int) -> None:
        draft = repositories.open("ttd", "numbers").draft("kari")
        base = draft.revision
        number = 0
        while time.monotonic() < end:
            number += 1
            snapshot = draft.apply(SetValue(NUMBERS, f"/{name}", number), base, KARI, NOW, f"{name}-{number}")
            os.write(pipe, f"{name}-{number}\n".encode())
            base = snapshot.revision
        os.write(pipe, b"")

    return write


def _start(make: "Callable[[], Callable[[int], None]]") -> tuple[int, int]:
    """Run a writer in a process of its own; returns its id and the pipe on which it acknowledges."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    failed = 1
    try:
        os.close(reading)
        make()(writing)
        failed = 0
    except BaseException:  # noqa: BLE001 - the parent sees the exit code; the cause belongs in the test's output
        traceback.print_exc()
    finally:
        os._exit(failed)


def _run_and_kill(make: "Callable[[], Callable[[int], None]]", seconds: float) -> list[str]:
    """Start a writer, wait for its first word, and kill it `seconds` later. Returns its whole lines."""
    process, pipe = _start(make)
    select.select([pipe], [], [], 30)
    time.sleep(seconds)  # the random moment is the very point here
    os.kill(process, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(process, 0)[1]), "the writer had ended by itself"
    with os.fdopen(pipe, "rb") as stream:
        return [line.decode() for line in stream.read().split(b"\n")[:-1]]


def _recorded(repository: Repository) -> Counter[str]:
    """How often each edit is in the draft's history."""
    found: Counter[str] = Counter()
    draft = repository.draft("kari")
    for commit, mark in draft._chain.walk():
        assert read_mark(commit) == mark
        if mark.edit is not None:
            found[mark.edit] += 1
    return found


def _fsck(repository: Repository) -> None:
    command = ["git", "-C", str(repository.folder), "fsck", "--strict", "--full", "--no-dangling"]
    # Git's check reads what it saw at its start: no packing may go on beside it.
    with locked(repository.folder, "studio-maintenance.lock"):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stderr + done.stdout
    assert said == ""
    assert done.returncode == 0
