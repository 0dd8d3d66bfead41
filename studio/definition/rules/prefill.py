"""{data type}.prefill.json: what a form knows before anybody writes in it (app-format.md 7.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.rules.problems import Problem, not_an_object, pointer
from studio.definition.sentences import N_, Sentence

Source = Literal["ER", "DSF", "UserProfile", "QueryParameters"]
# In the order in which they count: the first that has a value for a field gives it. What the followed address
# says comes before what registers know.
SOURCES: Final[tuple[Source, ...]] = ("QueryParameters", "UserProfile", "ER", "DSF")

ORGANISATION_KEYS: Final = (
    "OrgNumber",
    "Name",
    "UnitType",
    "TelephoneNumber",
    "MobileNumber",
    "FaxNumber",
    "EMailAddress",
    "InternetAddress",
    "MailingAddress",
    "MailingPostalCode",
    "MailingPostalCity",
    "BusinessAddress",
    "BusinessPostalCode",
    "BusinessPostalCity",
    "UnitStatus",
)
PERSON_KEYS: Final = (
    "SSN",
    "Name",
    "FirstName",
    "MiddleName",
    "LastName",
    "TelephoneNumber",
    "MobileNumber",
    "MailingAddress",
    "MailingPostalCode",
    "MailingPostalCity",
    "AddressMunicipalNumber",
    "AddressMunicipalName",
    "AddressStreetName",
    "AddressHouseNumber",
    "AddressHouseLetter",
    "AddressPostalCode",
    "AddressCity",
)
_PARTY_KEYS: Final = (
    "PartyId",
    "PartyUuid",
    "PartyTypeName",
    "OrgNumber",
    "SSN",
    "UnitType",
    "Name",
    "IsDeleted",
)
PROFILE_KEYS: Final = (
    "UserId",
    "UserUuid",
    "UserName",
    "ExternalIdentity",
    "IsReserved",
    "PhoneNumber",
    "Email",
    "PartyId",
    "UserType",
    *(f"Party.{key}" for key in _PARTY_KEYS),
    *(f"Party.Person.{key}" for key in PERSON_KEYS),
    *(f"Party.Organization.{key}" for key in ORGANISATION_KEYS),
    "ProfileSettingPreference.Language",
    "ProfileSettingPreference.PreSelectedPartyId",
    "ProfileSettingPreference.DoNotPromptForParty",
)
# What can be asked of a source; any name can be asked of an address.
KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "ER": ORGANISATION_KEYS,
    "DSF": PERSON_KEYS,
    "UserProfile": PROFILE_KEYS,
}
# Known to the platform, and not filled in here.
_ELSEWHERE: Final = frozenset({"DAN"})
_OTHER_MEMBERS: Final = frozenset({"$schema", "allowOverwrite"})


@dataclass(frozen=True, slots=True)
class Prefilled:
    """The field at `target` gets what the register `source` has under `key`."""

    source: Source
    key: str
    target: str
    pointer: str = ""


@dataclass(frozen=True)
class Prefill:
    """The prefilling of one data model. `allow_overwrite`: also where something has given a value before."""

    fields: tuple[Prefilled, ...] = ()
    allow_overwrite: bool = False
    problems: tuple[Problem, ...] = ()

    def of(self, source: Source) -> Iterator[Prefilled]:
        """What one source fills in."""
        return (each for each in self.fields if each.source == source)


def read_prefill(content: Any) -> Prefill:
    """The prefilling in a parsed file. Never raises."""
    if content is None:
        return Prefill()
    if not isinstance(content, Mapping):
        return Prefill(problems=(not_an_object(""),))
    found: list[Prefilled] = []
    problems = list(_unknown_sources(content))
    for source in SOURCES:
        given = content.get(source)
        if given is None:
            continue
        if not isinstance(given, Mapping):
            problems.append(not_an_object(pointer(source), source))
            continue
        for key, target in given.items():
            one = Prefilled(source, str(key), target if isinstance(target, str) else "", pointer(source, key))
            problems += _problems(one)
            if one.target:
                found.append(one)
    problems += _given_twice(found)
    return Prefill(tuple(found), content.get("allowOverwrite") is True, tuple(problems))


def _unknown_sources(content: Mapping[str, Any]) -> Iterator[Problem]:
    for name in content:
        if name in SOURCES or name in _OTHER_MEMBERS:
            continue
        text = N_("%(name)s is no source that fields can be filled in from.")
        if name in _ELSEWHERE:
            text = N_("Fields are not filled in from %(name)s here; people fill them in themselves.")
        yield Problem("unknown-prefill-source", "warning", pointer(name), Sentence(text, {"name": str(name)}))


def _problems(one: Prefilled) -> Iterator[Problem]:
    values = {"source": one.source, "key": one.key}
    if not one.target:
        text = N_("%(source)s.%(key)s names no field to fill in.")
        yield Problem("incomplete-rule", "error", one.pointer, Sentence(text, values))
    known = KEYS.get(one.source)
    if known is not None and one.key not in known:
        near = next((key for key in known if key.lower() == one.key.lower()), "")
        text = N_("%(source)s has no value named %(key)s.")
        if near:
            text = N_("%(source)s has no value named %(key)s; it is written %(near)s.")
        sentence = Sentence(text, values | {"near": near} if near else values)
        yield Problem("unknown-prefill-key", "warning", one.pointer, sentence)


def _given_twice(found: list[Prefilled]) -> Iterator[Problem]:
    seen: set[str] = set()
    for one in found:
        place = one.target.replace("-", "").lower()
        if place in seen:
            text = N_("The field %(field)s is filled in from two sources.")
            yield Problem("prefilled-twice", "warning", one.pointer, Sentence(text, {"field": one.target}))
        seen.add(place)
