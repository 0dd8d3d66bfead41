"""The people and organisations of a test environment. All are made up; their numbers are synthetic."""

from datetime import date
from functools import cached_property
from typing import Final

from studio.services.identifiers import synthetic_national_number, synthetic_organisation_number
from studio.services.parties import Party, Person

_FULL: Final = frozenset(
    {"DAGL", "LEDE", "UTINN", "SIGNE", "HADM", "ADMAI", "REGNA", "A0212", "A0236", "ATTST"}
)
_SELF: Final = frozenset({"PRIV", "UTINN", "SISKD", "PRIUT"})
_ACCOUNTANT: Final = frozenset({"REGNA", "UTINN", "A0212"})

# Name, birthday, e-mail, phone, street, postal code, place, language.
_PEOPLE: Final = (
    (
        "Vennlig Fjellrev",
        date(1985, 3, 14),
        "vennlig@example.no",
        "40000001",
        "Revestien 4",
        "0580",
        "OSLO",
        "nb",
    ),
    (
        "Roleg Kvalross",
        date(1972, 11, 2),
        "roleg@example.no",
        "40000002",
        "Kaivegen 12",
        "5003",
        "BERGEN",
        "nn",
    ),
    (
        "Modig Linerle",
        date(1998, 6, 21),
        "modig@example.no",
        "40000003",
        "Lerkeveien 1",
        "7010",
        "TRONDHEIM",
        "nb",
    ),
    (
        "Curious Puffin",
        date(1990, 1, 30),
        "curious@example.no",
        "40000004",
        "Lundegata 7",
        "9008",
        "TROMSØ",
        "en",
    ),
    (
        "Snill Elgkalv",
        date(2004, 8, 9),
        "snill@example.no",
        "40000005",
        "Skogsvingen 22",
        "2406",
        "ELVERUM",
        "nb",
    ),
)
# Name, unit type, street, postal code, place.
_ORGANISATIONS: Final = (
    ("Stille Fjord AS", "AS", "Fjordgata 3", "6005", "ÅLESUND"),
    ("Stille Fjord AS avd. Bergen", "BEDR", "Bryggen 1", "5003", "BERGEN"),
    ("Blid Baker Enkeltpersonforetak", "ENK", "Melgata 9", "4006", "STAVANGER"),
    ("Lys Idé Samvirkeforetak", "SA", "Lampeveien 2", "8006", "BODØ"),
    ("Tom Kasse konkursbo", "KBO", "Stengt vei 1", "0155", "OSLO"),
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
    name, born, _, phone, street, code, town, _ = _PEOPLE[place]
    first, last = name.split(" ", 1)
    number = synthetic_national_number(born, 100 + place * 7 if born.year < 2000 else 500 + place * 7)
    details = {
        "ssn": number,
        "name": name,
        "firstName": first,
        "middleName": None,
        "lastName": last,
        "telephoneNumber": None,
        "mobileNumber": phone,
        "mailingAddress": street,
        "mailingPostalCode": code,
        "mailingPostalCity": town,
        "addressMunicipalNumber": None,
        "addressMunicipalName": None,
        "addressStreetName": street.rpartition(" ")[0],
        "addressHouseNumber": street.rpartition(" ")[2],
        "addressHouseLetter": None,
        "addressPostalCode": code,
        "addressCity": town,
    }
    return Party(_FIRST_PARTY + place, name, national_number=number, details=details)


def _organisation_party(place: int) -> Party:
    name, unit_type, street, code, town = _ORGANISATIONS[place]
    number = synthetic_organisation_number(31000010 + place * 1111)
    details = {
        "orgNumber": number,
        "name": name,
        "unitType": unit_type,
        "telephoneNumber": None,
        "mobileNumber": None,
        "faxNumber": None,
        "eMailAddress": "post@example.no",
        "internetAddress": None,
        "mailingAddress": street,
        "mailingPostalCode": code,
        "mailingPostalCity": town,
        "businessAddress": street,
        "businessPostalCode": code,
        "businessPostalCity": town,
        "unitStatus": None,
    }
    return Party(
        _FIRST_ORGANISATION + place, name, organisation_number=number, unit_type=unit_type, details=details
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
        _, _, email, phone, _, _, _, language = _PEOPLE[place]
        return Person(_FIRST_USER + place, party, email, phone, language, _LEVEL, own | others)

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
