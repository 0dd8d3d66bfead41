"""A host whose calls are pieces of code, and what comes of them."""

from datetime import UTC, date, datetime
from typing import Any

from studio.definition.app_logic import AVAILABLE
from studio.runtime.logic.hosts import CallFailed, Host, Logic
from studio.runtime.logic.messages import MOST_REQUEST, packed

# The data of a call is code here: whatever it evaluates to is the answer.
MODULE = """
import studio_app
def calculate(data, context):
    space = {"data": data, "context": context, "studio_app": studio_app}
    exec(data["code"], space)
    return space.get("answer")
"""
LOGIC = Logic("ttd/app:1", {"logic.rules": ("App/logic/rules.py", MODULE)}, AVAILABLE)
CONTEXT = {
    "language": "nb",
    "today": date(2026, 1, 31),
    "now": datetime(2026, 1, 31, tzinfo=UTC),
    "party": {},
    "person": {},
    "instance_id": "",
    "task": {},
    "data_type": "model",
    "models": {},
    "environment": "test",
    "preview": False,
}


def request(code: str) -> bytes:
    arguments = {"data": {"code": code}, "context": CONTEXT}
    return packed({"hook": "calculate", "modules": ["logic.rules"], "arguments": arguments}, MOST_REQUEST)


def run(host: Host, code: str, seconds: float = 1.0) -> Any:
    """What the code answers, the kind of what it raised, or how its process ended."""
    try:
        answer = host.call(request(code), seconds)
    except CallFailed as failed:
        return failed.why
    return answer["answer"][0] if "answer" in answer else answer["error"]["kind"]
