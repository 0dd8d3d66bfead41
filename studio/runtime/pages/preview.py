"""The way into a preview: straight to the form, at the page that its designer is at."""

from flask import redirect, request
from flask.typing import ResponseReturnValue

from studio.definition.layouts import LayoutSet
from studio.runtime.pages.forms import state_of
from studio.runtime.pages.room import acting, address, allowed_parties, this_app
from studio.runtime.pages.start import start
from studio.runtime.previews import preview_instance


def enter() -> ResponseReturnValue:
    """To `?page=<layout set>/<page>`, or to where the preview stands. `?again=1` begins with an empty form.

    This GET may begin an instance: nobody outside Studio knows the address, and what it makes is swept up.
    """
    parties = allowed_parties()
    if not parties:
        return start()
    layout_set, page = _wanted(request.args.get("page", ""))
    tasks = layout_set.tasks if layout_set else ()
    again = request.args.get("again") == "1"
    instance = preview_instance(this_app(), parties[0], acting(), tasks, again)
    here = {"party": parties[0].party_id, "guid": instance.id}
    if layout_set is not None and instance.task_id in tasks:
        shown = [each.name for each in state_of(instance).pages()]
        if page in shown:
            return redirect(address("page", **here, task=instance.task_id, page=page))
    return redirect(address("instance", **here))


def _wanted(place: str) -> tuple[LayoutSet | None, str]:
    name, _, page = place.partition("/")
    return this_app().definition.layout_set(name), page
