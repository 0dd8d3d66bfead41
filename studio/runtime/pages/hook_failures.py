"""The page that says that code of an app failed, where nothing could be done without it."""

from flask import Response

from studio.runtime import instances
from studio.runtime.logic.failures import HookFailed
from studio.web import render


def hook_failed(error: HookFailed) -> Response:
    """What the person needs to know; in a preview also what its designer needs."""
    instances.roll_back()
    return Response(render("runtime/hook_failed.html", failures=[error.failure]), status=500)
