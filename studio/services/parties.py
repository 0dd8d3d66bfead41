"""Who can own an instance: people and organisations, and who may act for whom. Pure.

A party is a person or an organisation. The shape of `Party.to_json` is that of the App API (app-api.md, 3).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, Protocol
from uuid import NAMESPACE_URL, uuid5

PartyType = Literal["person", "organisation", "subUnit", "bankruptcyEstate"]

_NUMBERS: Final[Mapping[PartyType, int]] = {
    "person": 1,
    "organisation": 2,
    "subUnit": 4,
    "bankruptcyEstate": 5,
}
# The kind of user whom a national identity number tells who they are.
_SIGNED_IN_WITH_NUMBER: Final = 1
_SUB_UNITS: Final = frozenset({"BEDR", "AAFY"})


@dataclass(frozen=True, slots=True)
class Party:
    """A person (`national_number`) or an organisation (`organisation_number`, `unit_type`)."""

    party_id: int
    name: str
    national_number: str | None = None
    organisation_number: str | None = None
    unit_type: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def type(self) -> PartyType:
        """What kind of party it is, in the words of `partyTypesAllowed`."""
        if self.national_number:
            return "person"
        if self.unit_type in _SUB_UNITS:
            return "subUnit"
        return "bankruptcyEstate" if self.unit_type == "KBO" else "organisation"

    @property
    def number(self) -> str:
        """The national number or the organisation number."""
        return self.national_number or self.organisation_number or ""

    def to_json(self) -> dict[str, Any]:
        """The party in the shape of the App API."""
        return {
            "partyId": self.party_id,
            "partyUuid": str(uuid5(NAMESPACE_URL, f"party:{self.number}")),
            "partyTypeName": _NUMBERS[self.type],
            "orgNumber": self.organisation_number,
            "ssn": self.national_number,
            "unitType": self.unit_type,
            "name": self.name,
            "isDeleted": False,
            "onlyHierarchyElementWithNoAccess": False,
            "person": dict(self.details) if self.national_number else None,
            "organization": dict(self.details) if self.organisation_number else None,
            "childParties": None,
        }


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can sign in. `roles` is party id -> role codes there (PRIV, DAGL, ...)."""

    user_id: int
    party: Party
    email: str
    phone: str
    language: str
    level: int
    roles: Mapping[int, frozenset[str]]
    user_name: str = ""

    @property
    def name(self) -> str:
        """The person's name."""
        return self.party.name

    def to_json(self) -> dict[str, Any]:
        """The person's profile in the shape of the App API (app-api.md, 3)."""
        return {
            "userId": self.user_id,
            "userUuid": str(uuid5(NAMESPACE_URL, f"user:{self.user_id}")),
            "userName": self.user_name,
            "externalIdentity": None,
            "isReserved": False,
            "phoneNumber": self.phone,
            "email": self.email,
            "partyId": self.party.party_id,
            "party": self.party.to_json(),
            "userType": _SIGNED_IN_WITH_NUMBER,
            "profileSettingPreference": {
                "language": self.language,
                "preSelectedPartyId": 0,
                "doNotPromptForParty": False,
            },
        }

    def roles_for(self, party_id: int) -> frozenset[str]:
        """The person's roles for a party; none means that the person cannot act for it."""
        return self.roles.get(party_id, frozenset())


class Register(Protocol):
    """Looks up people and parties. The test environment has one in memory."""

    def people(self) -> tuple[Person, ...]:
        """Everybody who can be picked at sign-in."""

    def person(self, user_id: int) -> Person | None:
        """The person with this user id."""

    def party(self, party_id: int) -> Party | None:
        """The party with this id."""

    def party_by_number(self, number: str) -> Party | None:
        """The party with this national number or organisation number."""


def parties_of(person: Person, register: Register) -> Iterator[Party]:
    """The parties that a person can act for, the person first."""
    for party_id in sorted(person.roles, key=lambda party_id: (party_id != person.party.party_id, party_id)):
        party = register.party(party_id)
        if party is not None:
            yield party


def is_allowed(party: Party, metadata: Mapping[str, Any]) -> bool:
    """Whether an app takes this kind of party; no flag at all means every kind (app-api.md, 3)."""
    allowed = metadata.get("partyTypesAllowed")
    flags = allowed if isinstance(allowed, Mapping) else {}
    if not any(flags.get(kind) is True for kind in _NUMBERS):
        return True
    return flags.get(party.type) is True
