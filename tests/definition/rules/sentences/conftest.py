"""What the tests of rules in words share."""

from collections.abc import Mapping

import pytest
from family import Say, family, sayings

from studio.definition.rules.sentences import Names


@pytest.fixture
def names() -> Names:
    """The names in the family's app."""
    app = family()
    return Names(app, app.layout_sets[0])


@pytest.fixture(scope="session")
def say() -> Mapping[str, Say]:
    """The wordings of each language."""
    return sayings()
