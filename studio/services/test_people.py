"""The people and organisations of a test environment. All are made up; their numbers are synthetic."""

from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from studio.services.identifiers import synthetic_national_number, synthetic_organisation_number
from studio.services.parties import Party, Person

_FULL: Final = frozenset(
    {"DAGL", "LEDE", "UTINN", "SIGNE", "HADM", "ADMAI", "REGNA", "A0212", "A0236", "ATTST"}
)
_SELF: Final = frozenset({"PRIV", "UTINN", "SISKD", "PRIUT"})
_ACCOUNTANT: Final = frozenset({"REGNA", "UTINN", "A0212"})


class _Town(NamedTuple):
    """A place as the registers write it."""

    code: str
    name: str
    municipal_number: str
    municipal_name: str


class _TestPerson(NamedTuple):
    """What the population register and the profile say about somebody."""

    first: str
    last: str
    born: date
    phone: str
    street: str
    house: str
    letter: str
    town: _Town
    language: str
    middle: str = ""

    @property
    def name(self) -> str:
        return " ".join(part for part in (self.first, self.middle, self.last) if part)

    @property
    def address(self) -> str:
        return f"{self.street} {self.house}{self.letter}"


class _TestOrganisation(NamedTuple):
    """What the register of organisations says."""

    name: str
    unit_type: str
    street: str
    town: _Town
    phone: str
    site: str
    mailing: str = ""


_OSLO: Final = _Town("0580", "OSLO", "0301", "OSLO")
_OSLO_CENTRE: Final = _Town("0155", "OSLO", "0301", "OSLO")
_BERGEN: Final = _Town("5003", "BERGEN", "4601", "BERGEN")
_TRONDHEIM: Final = _Town("7010", "TRONDHEIM", "5001", "TRONDHEIM")
_TROMSO: Final = _Town("9008", "TROMSØ", "5501", "TROMSØ")
_ELVERUM: Final = _Town("2406", "ELVERUM", "3420", "ELVERUM")
_ALESUND: Final = _Town("6005", "ÅLESUND", "1508", "ÅLESUND")
_STAVANGER: Final = _Town("4006", "STAVANGER", "1103", "STAVANGER")
_BODO: Final = _Town("8006", "BODØ", "1804", "BODØ")

_PEOPLE: Final = (
    _TestPerson("Vennlig", "Fjellrev", date(1985, 3, 14), "40000001", "Revestien", "4", "", _OSLO, "nb"),
    _TestPerson("Roleg", "Kvalross", date(1972, 11, 2), "40000002", "Kaivegen", "12", "A", _BERGEN, "nn"),
    _TestPerson("Modig", "Linerle", date(1998, 6, 21), "40000003", "Lerkeveien", "1", "", _TRONDHEIM, "nb"),
    _TestPerson("Curious", "Puffin", date(1990, 1, 30), "40000004", "Lundegata", "7", "B", _TROMSO, "en"),
    _TestPerson("Snill", "Elgkalv", date(2004, 8, 9), "40000005", "Skogsvingen", "22", "", _ELVERUM, "nb"),
)
_ORGANISATIONS: Final = (
    _TestOrganisation(
        "Stille Fjord AS", "AS", "Fjordgata 3", _ALESUND, "70000001", "stille-fjord", "Postboks 12"
    ),
    _TestOrganisation(
        "Stille Fjord AS avd. Bergen", "BEDR", "Bryggen 1", _BERGEN, "55000002", "bergen.stille-fjord"
    ),
    _TestOrganisation(
        "Blid Baker Enkeltpersonforetak", "ENK", "Melgata 9", _STAVANGER, "51000003", "blid-baker"
    ),
    _TestOrganisation("Lys Idé Samvirkeforetak", "SA", "Lampeveien 2", _BODO, "75000004", "lys-ide"),
    _TestOrganisation("Tom Kasse konkursbo", "KBO", "Stengt vei 1", _OSLO_CENTRE, "22000005", "tom-kasse"),
)
# Which person (by place above) has which roles in which organisations.
_ROLES: Final = {
    0: {0: _FULL, 1: _FULL, 4: frozenset({"BOBE", "UTINN", "DAGL"})},
    1: {2: _FULL, 0: _ACCOUNTANT},
    2: {3: _FULL},
}
_FIRST_PARTY: Final = 510001
_FIRST_ORGANISATION: Final = 520001
_FIRST_USER: Final = 20001
_LEVEL: Final = 4


def _person_party(place: int) -> Party:
    person = _PEOPLE[place]
    recent = person.born.year >= 2000
    number = synthetic_national_number(person.born, (500 if recent else 100) + place * 7)
    details = {
        "ssn": number,
        "name": person.name,
        "firstName": person.first,
        "middleName": person.middle or None,
        "lastName": person.last,
        "telephoneNumber": None,
        "mobileNumber": person.phone,
        "mailingAddress": person.address,
        "mailingPostalCode": person.town.code,
        "mailingPostalCity": person.town.name,
        "addressMunicipalNumber": person.town.municipal_number,
        "addressMunicipalName": person.town.municipal_name,
        "addressStreetName": person.street,
        "addressHouseNumber": person.house,
        "addressHouseLetter": person.letter or None,
        "addressPostalCode": person.town.code,
        "addressCity": person.town.name,
    }
    return Party(_FIRST_PARTY + place, person.name, national_number=number, details=details)


def _organisation_party(place: int) -> Party:
    found = _ORGANISATIONS[place]
    number = synthetic_organisation_number(31000010 + place * 1111)
    details = {
        "orgNumber": number,
        "name": found.name,
        "unitType": found.unit_type,
        "telephoneNumber": found.phone,
        "mobileNumber": None,
        "faxNumber": None,
        "eMailAddress": f"post@{found.site}.example.no",
        "internetAddress": f"https://{found.site}.example.no",
        "mailingAddress": found.mailing or found.street,
        "mailingPostalCode": found.town.code,
        "mailingPostalCity": found.town.name,
        "businessAddress": found.street,
        "businessPostalCode": found.town.code,
        "businessPostalCity": found.town.name,
        "unitStatus": "N",
    }
    return Party(
        _FIRST_ORGANISATION + place,
        found.name,
        organisation_number=number,
        unit_type=found.unit_type,
        details=details,
    )


class TestRegister:
    """The register of a test environment (studio.services.parties.Register)."""

    __test__ = False  # the name begins like a test's, and pytest would collect it

    @cached_property
    def _parties(self) -> dict[int, Party]:
        people = [_person_party(place) for place in range(len(_PEOPLE))]
        organisations = [_organisation_party(place) for place in range(len(_ORGANISATIONS))]
        return {party.party_id: party for party in (*people, *organisations)}

    @cached_property
    def _people(self) -> dict[int, Person]:
        return {person.user_id: person for person in (self._person(place) for place in range(len(_PEOPLE)))}

    def _person(self, place: int) -> Person:
        party = self._parties[_FIRST_PARTY + place]
        own = {party.party_id: _SELF}
        others = {
            _FIRST_ORGANISATION + organisation: roles for organisation, roles in _ROLES.get(place, {}).items()
        }
        found = _PEOPLE[place]
        name = found.first.lower()
        return Person(
            _FIRST_USER + place,
            party,
            email=f"{name}@example.no",
            phone=found.phone,
            language=found.language,
            level=_LEVEL,
            roles=own | others,
            user_name=f"{name}.{found.last.lower()}",
        )

    def people(self) -> tuple[Person, ...]:
        """Everybody who can be picked at sign-in."""
        return tuple(self._people.values())

    def person(self, user_id: int) -> Person | None:
        """The person with this user id."""
        return self._people.get(user_id)

    def party(self, party_id: int) -> Party | None:
        """The party with this id."""
        return self._parties.get(party_id)

    def party_by_number(self, number: str) -> Party | None:
        """The party with this national number or organisation number."""
        return next((party for party in self._parties.values() if party.number == number), None)
