"""A blank form: one page with a heading and a button that sends in."""

from typing import Final

from studio.definition.process import ONE_DATA_TASK
from studio.definition.sentences import N_, Sentence
from studio.definition.templates.writing import Template

BLANK: Final = Template(
    id="blank",
    name=Sentence(N_("Blank form")),
    description=Sentence(N_("One empty page and a button that sends in. You build the rest.")),
    process=ONE_DATA_TASK,
    pages={
        "Side1": (
            {
                "id": "heading",
                "type": "Heading",
                "size": "L",
                "textResourceBindings": {"title": "Side1.heading"},
            },
            {"id": "submit", "type": "Button", "textResourceBindings": {"title": "Side1.submit"}},
        ),
    },
    texts={
        "Side1": ("Utfylling", "Utfylling", "Fill in"),
        "Side1.heading": ("Fyll ut skjemaet", "Fyll ut skjemaet", "Fill in the form"),
        "Side1.submit": ("Send inn", "Send inn", "Submit"),
    },
)
