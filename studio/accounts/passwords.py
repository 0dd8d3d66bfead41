"""Passwords: how they are kept and compared."""

import threading
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

SHORTEST: Final = 10
LONGEST: Final = 1000


class Passwords:
    """Argon2id, at most two at a time: each takes 64 MiB, and nobody may fill the memory by signing in."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turn = threading.BoundedSemaphore(2)
        self._nobody: str | None = None

    def hash(self, password: str) -> str:
        """What to keep. Raises DomainError for a password that is too short or too long."""
        if not SHORTEST <= len(password) <= LONGEST:
            raise DomainError(
                Sentence(N_("A password must have at least %(count)s characters."), {"count": SHORTEST})
            )
        with self._turn:
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Whether the password is right. Takes as long for an unknown person (None) as for a known one."""
        if len(password) > LONGEST:
            return False
        with self._turn:
            try:
                self._hasher.verify(kept or self._hash_of_nobody(), password)
            except (VerificationError, InvalidHashError):
                return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _hash_of_nobody(self) -> str:
        if self._nobody is None:
            self._nobody = self._hasher.hash("nobody has this password")
        return self._nobody
