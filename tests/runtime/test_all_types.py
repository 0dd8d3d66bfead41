"""Forms can show every type of the catalogue."""

from studio.definition.components import CATALOGUE
from studio.runtime.forms.kinds import KINDS


def test_forms_show_every_type_that_designers_are_offered() -> None:
    assert set(CATALOGUE) <= set(KINDS)
