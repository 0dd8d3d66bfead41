"""The way from Studio to an environment's pages for the owner of an app."""

from urllib.parse import urlencode

from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.delivery.room import delivery
from studio.runtime.handoff import OwnerPass, sign


def owner_address(environment: str, org: str, app: str, user_name: str, name: str) -> str:
    """Where a person of Studio sees an app's submissions in an environment; for a minute. Raises NotThere.

    Whoever calls this has asked whether the person may read them.
    """
    there = delivery().environments.named(environment)
    if there is None:
        raise NotThere(Sentence(N_("There is no such environment.")))
    given = sign(there.key, OwnerPass(user_name, name, org, app))
    return f"{there.origin}/owner/enter?{urlencode({'pass': given})}"
