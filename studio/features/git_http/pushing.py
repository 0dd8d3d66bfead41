"""What a push is told before it begins: who pushes, by which rules and limits, in which language."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flask import current_app, url_for
from flask_babel import gettext

from studio.accounts import Person, Right
from studio.accounts.rights import allows
from studio.database import studio_db
from studio.features.git_http.backend import Call, Exchange
from studio.history.branch_rules import rules_of
from studio.history.pre_receive import VARIABLE
from studio.history.push_checks import MEGABYTE, SENTENCES, Policy, PushLimits
from studio.history.push_hook import demand_push_hook

# After a push that Git did not want to read to its end: what is still taken (bytes, seconds), so that the
# client comes to read the answer.
_DRAINED: Final = (64 * MEGABYTE, 10.0)
_FOR_PEOPLE: Final = b"\x02"  # the band of the answer that Git shows as "remote: …"


def push_call(call: Call, person: Person, org: str, app: str, limits: PushLimits) -> Call:
    """The call with all that our hook needs. Raises OSError where Git would not run the hook."""
    demand_push_hook(call.hooks)
    policy = Policy(
        # By a role: whoever looks after the installation does not by that own its apps.
        owner=allows(person.grants, Right.MANAGE_ORGANISATION, org),
        rules=rules_of(studio_db.session, org, app),
        limits=limits,
        words={sentence: gettext(sentence) for sentence in SENTENCES},
        requests=_requests(org, app),
    )
    return replace(
        call,
        settings=(("receive.maxInputSize", str(limits.pack)),),
        variables={VARIABLE: policy.to_json()},
    )


def _requests(org: str, app: str) -> str:
    """Where a pull request is opened, up to the name of its branch; "" where this Studio has none."""
    if "pull_requests.new" not in current_app.view_functions:
        return ""
    return f"{url_for('pull_requests.new', org=org, app=app, _external=True)}?source="


def push_answer(exchange: Exchange, limits: PushLimits) -> Iterator[bytes]:
    """Git's answer, with a sentence of ours first where the push is too large."""
    complaint = gettext(
        "The push is larger than %(limit)s MB, the most that can be sent at once. Send it in several pushes.",
        limit=limits.pack // MEGABYTE,
    )

    def answer() -> Iterator[bytes]:
        for number, chunk in enumerate(exchange.chunks()):
            if number == 0 and exchange.received > limits.pack:
                yield _packet(_FOR_PEOPLE + complaint.encode() + b"\n")
            yield chunk
        exchange.drain(*_DRAINED)

    return answer()


def _packet(data: bytes) -> bytes:
    """A line of Git's protocol: its length in four hex digits, itself counted, then the data."""
    return f"{len(data) + 4:04x}".encode() + data
