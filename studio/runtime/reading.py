"""A form of an instance as it is only looked at: on receipts, before confirming, and in PDFs."""

from datetime import UTC, date, datetime, time

from studio.definition.layouts import LayoutSet
from studio.runtime import instances
from studio.runtime.context import Served
from studio.runtime.entries import entries_of
from studio.runtime.forms.state import FormState
from studio.runtime.signing import signees_of
from studio.runtime.storage import Instance, instance_json


def form_to_read(
    served: Served,
    instance: Instance,
    layout_set: LayoutSet,
    language: str,
    today: date,
) -> FormState:
    """The form in `layout_set` with everything that the instance holds, not to be changed."""
    return FormState(
        served.definition,
        layout_set,
        language,
        instances.read(served, instance),
        today,
        instance_json(instance),
        read_only=True,
        entries=entries_of(served, instance),
        signees=signees_of(served, instance),
        hooks=served.hooks(None, datetime.combine(today, time(), UTC)),
    )
