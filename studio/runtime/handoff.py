"""From Studio to an owner's pages without a second sign-in: a signed pass that is soon void.

Studio signs with the environment's key, the runtime reads with the same. A pass opens one app's submissions.
"""

from dataclasses import asdict, dataclass
from typing import Final

from itsdangerous import BadData, URLSafeTimedSerializer

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

VALID_FOR: Final = 60  # seconds from the click in Studio to the first page here


class BadPass(DomainError):
    """The pass is void, or was never one."""


@dataclass(frozen=True, slots=True)
class OwnerPass:
    """Who comes (user name and name in Studio), and to which app's submissions."""

    person: str
    name: str
    org: str
    app: str


def sign(key: str, given: OwnerPass) -> str:
    """The pass as text for an address."""
    text: str = _serializer(key).dumps(asdict(given))
    return text


def read(key: str, text: str) -> OwnerPass:
    """What a pass says; raises BadPass where it is forged, altered or too old."""
    try:
        content = _serializer(key).loads(text, max_age=VALID_FOR)
        return OwnerPass(**content)
    except (BadData, TypeError) as bad:
        raise BadPass(
            Sentence(N_("This way in is no longer valid. Go back to Studio and follow the link once more."))
        ) from bad


def _serializer(key: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="owner-pass")
