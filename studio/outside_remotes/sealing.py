"""Deploy tokens as they are kept: sealed with the installation's key (AES-256-GCM), for one app and server.

A sealed token that is put beside another address, or another app, cannot be opened. Nothing of it is shown.
"""

import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_NONCE = 12  # bytes, as NIST SP 800-38D recommends


class CannotOpen(DomainError):
    """The token was sealed with another key, or for something else."""


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals and opens with a key, which may be any long secret text."""

    key: str = field(repr=False)

    def seal(self, secret: str, use: str) -> str:
        """The secret as text that can be kept; `use` says what it is for. Nothing stays nothing."""
        if not secret:
            return ""
        nonce = secrets.token_bytes(_NONCE)
        return b64encode(nonce + self._cipher().encrypt(nonce, secret.encode(), use.encode())).decode()

    def open(self, sealed: str, use: str) -> str:
        """The secret that was sealed for this use. Raises CannotOpen."""
        if not sealed:
            return ""
        try:
            data = b64decode(sealed, validate=True)
            return self._cipher().decrypt(data[:_NONCE], data[_NONCE:], use.encode()).decode()
        except (InvalidTag, ValueError) as error:
            words = N_("The token that is kept here cannot be read any more. Save it again.")
            raise CannotOpen(Sentence(words)) from error

    def _cipher(self) -> AESGCM:
        return AESGCM(sha256(self.key.encode()).digest())
