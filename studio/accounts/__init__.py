"""People, organisations, roles and sign-in."""

from studio.accounts.guards import current_person, demand, requires, signed_in
from studio.accounts.models import Membership, Organisation, Person
from studio.accounts.rights import Right, Role
from studio.accounts.service import may
from studio.web import open_to_all

__all__ = [
    "Membership",
    "Organisation",
    "Person",
    "Right",
    "Role",
    "current_person",
    "demand",
    "may",
    "open_to_all",
    "requires",
    "signed_in",
]
