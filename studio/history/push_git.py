"""Git's answers about a push that is not accepted yet, with as few processes as may be: starting one takes
longer than its work. The standard library alone, see push_checks.py.
"""

import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, Self


class Git:
    """Git in the repository that is pushed to; with an environment of its own where that is not ours."""

    def __init__(self, folder: Path, environ: Mapping[str, str] | None = None) -> None:
        self._folder = folder
        self._environ = environ

    def objects(self) -> "Objects":
        """A process that says what objects are and hold, one after the other."""
        return Objects(self._folder, self._environ)

    def holds(self, *arguments: str) -> bool:
        """Whether a question of Git's that can be answered by yes and no is answered by yes."""
        done = subprocess.run(
            ["git", *arguments], cwd=self._folder, env=self._environ, capture_output=True, check=False
        )
        if done.returncode not in (0, 1):
            done.check_returncode()
        return done.returncode == 0

    def fields(self, *arguments: str, given: str = "") -> Iterator[str]:
        """The parts of an answer between NUL bytes, as they come: some answers are long."""
        command = ["git", *arguments]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            command, cwd=self._folder, env=self._environ, stdin=pipe, stdout=pipe
        ) as running:
            assert running.stdin is not None  # noqa: S101 - it is a pipe
            assert running.stdout is not None  # noqa: S101 - it is a pipe, too
            # All of it before anything is read: the ids of commits, which Git reads before it answers.
            running.stdin.write(given.encode())
            running.stdin.close()
            rest = b""
            while block := running.stdout.read(1 << 16):
                *whole, rest = (rest + block).split(b"\0")
                yield from (each.decode("utf-8", "replace") for each in whole)
        if running.returncode != 0:
            raise subprocess.CalledProcessError(running.returncode, command[:2])


class Objects:
    """`git cat-file --batch-command`: one process for all questions about single objects."""

    _AT_ONCE: Final = 500  # questions whose answers fit into a pipe while the next ones are written

    def __init__(self, folder: Path, environ: Mapping[str, str] | None) -> None:
        pipe = subprocess.PIPE
        self._running = subprocess.Popen(
            ["git", "cat-file", "--batch-command"], cwd=folder, env=environ, stdin=pipe, stdout=pipe
        )
        assert self._running.stdin is not None  # noqa: S101 - it is a pipe
        assert self._running.stdout is not None  # noqa: S101 - it is a pipe, too
        self._asks, self._answers = self._running.stdin, self._running.stdout

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._running.stdin = None  # what is not asked any more needs no end to be said
        self._asks.close()
        self._running.kill()
        self._running.communicate()

    def infos(self, names: Sequence[str]) -> Iterator[tuple[str, int]]:
        """Type and size (bytes) of each object. Raises LookupError for what is not there."""
        for start in range(0, len(names), self._AT_ONCE):
            some = names[start : start + self._AT_ONCE]
            self._ask("".join(f"info {name}\n" for name in some))
            for _ in some:
                yield self._info()

    def content(self, name: str) -> bytes:
        """What a blob holds."""
        self._ask(f"contents {name}\n")
        _, size = self._info()
        return self._answers.read(size + 1)[:-1]

    def _ask(self, lines: str) -> None:
        self._asks.write(lines.encode())
        self._asks.flush()

    def _info(self) -> tuple[str, int]:
        facts = self._answers.readline().decode().split()
        if len(facts) != 3:
            raise LookupError(" ".join(facts))
        return facts[1], int(facts[2])
