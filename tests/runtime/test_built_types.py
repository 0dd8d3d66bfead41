"""The catalogue's word about which types forms can show, against the runtime's own list."""

from studio.definition.components import CATALOGUE
from studio.runtime.forms.kinds import KINDS


def test_a_type_is_said_to_be_built_exactly_when_forms_can_show_it() -> None:
    shown = {name for name in CATALOGUE if name in KINDS}
    # Where this fails: studio/definition/components/built.py lists what cannot be shown yet.
    assert {name for name, kind in CATALOGUE.items() if kind.is_built} == shown
