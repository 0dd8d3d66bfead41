"""May this person do this with this instance? The policy of the app decides, and the way of signing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import structlog

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.errors import DomainError
from studio.services import policy
from studio.services.parties import Person
from studio.services.policy import DENY_ALL, BrokenPolicy, Policy, read_policy

log = structlog.get_logger()

_POLICIES: Final[ContentCache[Policy]] = ContentCache(500)

# Without an action in the request, moving on from a task of this type takes one of these (process.md, 3).
_TO_MOVE_ON: Final[Mapping[str, tuple[str, ...]]] = {
    "data": ("write",),
    "feedback": ("write",),
    "confirmation": ("confirm",),
    "signing": ("sign", "write"),
    "payment": ("pay", "write"),
}

Answer = Literal["permit", "deny", "level"]


class Forbidden(DomainError):
    """The person may not do this. HTTP 403."""


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides for one app, under the name it is served by."""

    app: AppDefinition
    org: str
    name: str

    def decide(
        self, person: Person, party_id: int, action: str, process: Mapping[str, Any] | None = None
    ) -> Answer:
        """The answer for a person who acts for a party. "level" asks for a stronger way of signing in."""
        rules = policy_of(self.app)
        roles = person.roles_for(party_id)
        if not roles:
            return "deny"
        request: policy.Request = {
            ("action", policy.ACTION): frozenset({action}),
            ("subject", policy.ROLE): roles,
            ("subject", policy.USER): frozenset({str(person.user_id)}),
            ("subject", policy.PARTY): frozenset({str(person.party.party_id)}),
            **self._resource(process),
        }
        if not rules.permits(request, {"[org]": self.org, "[app]": self.name}):
            return "deny"
        return "permit" if person.level >= rules.minimum_level else "level"

    def may(
        self, person: Person, party_id: int, action: str, process: Mapping[str, Any] | None = None
    ) -> bool:
        """Whether the answer is a plain yes."""
        return self.decide(person, party_id, action, process) == "permit"

    def may_move_on(
        self, person: Person, party_id: int, action: str | None, process: Mapping[str, Any]
    ) -> bool:
        """Whether a person may move an instance on from its task (process.md, 3)."""
        if action:
            return self.may(person, party_id, action, process)
        kind = str((process.get("currentTask") or {}).get("altinnTaskType") or "")
        return any(self.may(person, party_id, each, process) for each in _TO_MOVE_ON.get(kind, (kind,)))

    def _resource(self, process: Mapping[str, Any] | None) -> policy.Request:
        """The app under the names it is served by and was written under, and where its process stands."""
        written_org, _, written_name = self.app.metadata.id.partition("/")
        found: dict[tuple[policy.Category, str], frozenset[str]] = {
            ("resource", policy.ORG): frozenset({self.org, written_org}),
            ("resource", policy.APP): frozenset({self.name, written_name}),
        }
        current = (process or {}).get("currentTask") or {}
        if task := current.get("elementId"):
            found["resource", policy.TASK] = frozenset({str(task)})
        elif end := (process or {}).get("endEvent"):
            found["resource", policy.END_EVENT] = frozenset({str(end)})
        return found


def policy_of(app: AppDefinition) -> Policy:
    """The app's policy. An app whose policy is missing or broken lets nobody in."""
    path = app.paths.policy
    if path not in app.files:
        return DENY_ALL

    def read() -> Policy:
        try:
            return read_policy(app.files[path])
        except BrokenPolicy as error:
            log.warning("broken policy", app=app.metadata.id, reason=str(error))
            return DENY_ALL

    return _POLICIES.get(app.files.blob_id(path), read)
