"""Drafts shown by the real runtime: only what changed is sent, and the address stays the same."""

import base64
import hashlib
import hmac

from studio.definition.files import Files
from studio.delivery.bundling import bundle_of
from studio.delivery.room import delivery


def push_preview(files: Files, org: str, app: str, person: str, branch: str) -> str:
    """Show a draft in the first environment and return its address. Raises a DeliveryProblem.

    A file that the environment already has (from any app, release or draft) is not sent again.
    """
    environment = delivery().environments[0]
    client = delivery().clients[environment.name]
    bundle = bundle_of(files)
    client.hand_over(bundle)
    token = preview_token(environment.key, org, app, person, branch)
    client.show_preview(token, org=org, app=app, bundle=bundle.id, person=person)
    return environment.preview_address(token, org, app)


def preview_token(key: str, org: str, app: str, person: str, branch: str) -> str:
    """The same for the same draft, and not to be guessed without the environment's key."""
    names = f"preview\0{org}\0{app}\0{person}\0{branch}"
    digest = hmac.digest(key.encode(), names.encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest[:24]).decode()
