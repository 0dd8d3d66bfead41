"""Those who sign an instance in its signing step: who has, and who has not yet (process.md, 6.1).

They are read from two kinds of documents of the instance: the sign documents, one for each signature, and the
list of those who are called to sign, where the step has one.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Signee:
    """One who signs. `signed` is a moment (ISO 8601), "" where that has not happened yet.

    `person` is a national number, `user` the id of a user; `organisation` the number of that on whose behalf
    it is signed. None of these is shown: names are, where they are known.
    """

    name: str = ""
    organisation_name: str = ""
    signed: str = ""
    person: str = ""
    user: str = ""
    organisation: str = ""

    def is_the_same(self, other: "Signee") -> bool:
        """Whether a signature is that of somebody who was called to sign."""
        if self.person and other.person:
            return self.person == other.person and self.organisation == other.organisation
        return bool(self.organisation) and self.organisation == other.organisation


def signees(called: Any, signatures: Iterable[Any]) -> tuple[Signee, ...]:
    """Those who have signed, in the order they did, and then those who have not.

    `called` is the list of those who are called to sign, `signatures` are the sign documents, all as JSON;
    what has another shape says nothing about anybody.
    """
    waiting = [found for each in _list(called) if (found := _called(each)) is not None]
    signed = sorted((_signed(each) for each in signatures), key=lambda each: each.signed)
    return (*_joined(signed, waiting), *waiting)


def _joined(signed: Iterable[Signee], waiting: list[Signee]) -> Iterator[Signee]:
    """The signatures with the names that their signees were called by; those are taken off the list."""
    for each in signed:
        known = next((one for one in waiting if one.is_the_same(each)), None)
        if known is None:
            yield each
        else:
            waiting.remove(known)
            yield replace(each, name=known.name, organisation_name=known.organisation_name)


def _called(context: Any) -> Signee | None:
    signee = _object(_object(context).get("signee"))
    organisation = _object(signee.get("onBehalfOfOrg")) or signee
    found = Signee(
        name=_text(signee.get("fullName")),
        organisation_name=_text(organisation.get("orgName")),
        person=_text(signee.get("socialSecurityNumber")),
        organisation=_text(organisation.get("orgNumber")),
    )
    return found if found != Signee() else None


def _signed(document: Any) -> Signee:
    document = _object(document)
    info = _object(document.get("signeeInfo"))
    return Signee(
        signed=_text(document.get("signedTime")),
        person=_text(info.get("personNumber")),
        user=_text(info.get("userId")),
        organisation=_text(info.get("organisationNumber")),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
