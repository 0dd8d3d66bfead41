"""Component types that hold other components: groups, accordions, cards, tabs, rows of buttons."""

from typing import Final

from studio.definition.components.declaring import IN_BOXES, choices, flag, prop, text
from studio.definition.components.properties import (
    DESCRIPTION,
    EVERY,
    HEADING_LEVEL,
    LABEL_SETTINGS,
    LABEL_TEXTS,
    SUMMARY,
    SUMMARY_TEXTS,
    TITLE,
)
from studio.definition.components.shapes import TEXT, Enumeration, ListShape, ObjectShape, Reference, Text
from studio.definition.components.types import ComponentType
from studio.definition.sentences import N_, Sentence

GROUP: Final = ComponentType(
    name="Group",
    group="group",
    icon="RectangleSections",
    label=Sentence(N_("Group")),
    help=Sentence(N_("Components that belong together, under one title.")),
    properties=(
        prop(
            "groupingIndicator",
            Enumeration(choices(indented=N_("Indented"), panel=N_("In a box"))),
            N_("How the group is marked"),
            N_("Shows that the components belong together."),
        ),
        HEADING_LEVEL,
        *EVERY,
        *SUMMARY,
    ),
    texts=(
        text("title", N_("Title"), N_("The heading of the group.")),
        DESCRIPTION,
        *SUMMARY_TEXTS,
    ),
    children_in="children",
    stands_in=IN_BOXES,
)

ACCORDION: Final = ComponentType(
    name="Accordion",
    group="group",
    icon="ChevronDown",
    label=Sentence(N_("Accordion")),
    help=Sentence(N_("Components that the person can fold away and open.")),
    properties=(
        flag("openByDefault", N_("Open from the start"), N_("Whether it is open when the page is shown.")),
        HEADING_LEVEL,
        *EVERY,
        *SUMMARY,
    ),
    texts=(text("title", N_("Title"), N_("The line that is pressed to open it.")), *SUMMARY_TEXTS),
    children_in="children",
    takes="Accordion",
    stands_in=frozenset({"AccordionGroup", "Cards", "Tabs"}),
)
ACCORDION_GROUP: Final = ComponentType(
    name="AccordionGroup",
    group="group",
    icon="Layers",
    label=Sentence(N_("Group of accordions")),
    help=Sentence(N_("Accordions that belong together.")),
    properties=(*EVERY, *SUMMARY),
    texts=(TITLE, *SUMMARY_TEXTS),
    children_in="children",
    takes="AccordionGroup",
    stands_in=frozenset({"Table", "Cards", "Tabs"}),
)
BUTTON_GROUP: Final = ComponentType(
    name="ButtonGroup",
    group="navigation",
    icon="MenuElipsisHorizontal",
    label=Sentence(N_("Group of buttons")),
    help=Sentence(N_("Buttons beside one another.")),
    properties=(*EVERY, *SUMMARY, LABEL_SETTINGS),
    texts=(*LABEL_TEXTS, *SUMMARY_TEXTS),
    children_in="children",
    takes="ButtonGroup",
    stands_in=IN_BOXES,
)
_CARD: Final = ObjectShape(
    (
        prop("title", Reference("text"), N_("Title"), N_("The heading of the card.")),
        prop("description", Reference("text"), N_("Description"), N_("A sentence under the title.")),
        prop(
            "media",
            Reference("component"),
            N_("Picture, sound or film"),
            N_("The component that fills the top or the bottom of the card."),
        ),
        prop(
            "children",
            ListShape(Reference("component")),
            N_("Content"),
            N_("The components in the card, in order."),
        ),
        prop("footer", Reference("text"), N_("Last line"), N_("A text at the bottom of the card.")),
    )
)
# "Kort" and "fane" are the same words in bokmål and nynorsk, the languages most forms begin in.
CARDS: Final = ComponentType(
    name="Cards",
    group="group",
    icon="SquareGrid",
    label=Sentence(N_("Cards")),
    help=Sentence(N_("Content in cards beside one another.")),
    properties=(
        prop("cards", ListShape(_CARD), N_("Cards"), N_("Each card with its content."), required=True),
        prop(
            "color",
            Enumeration(choices(neutral=N_("White"), subtle=N_("Tinted"))),
            N_("Colour"),
            N_("The background of the cards."),
            required=True,
        ),
        prop(
            "mediaPosition",
            Enumeration(choices(top=N_("At the top"), bottom=N_("At the bottom"))),
            N_("Place of the picture"),
            N_("Where in the card the picture, sound or film stands."),
            default="top",
        ),
        prop(
            "minMediaHeight",
            TEXT,
            N_("Lowest picture"),
            N_("How low the picture can get, like 150px."),
            default="150px",
            advanced=True,
        ),
        prop(
            "minWidth",
            Text(r"[0-9]+(px|rem|%)?"),
            N_("Narrowest card"),
            N_("How narrow a card can get before there are fewer of them on a line, like 250px."),
            default="250px",
            advanced=True,
        ),
        *EVERY,
        *SUMMARY,
    ),
    texts=SUMMARY_TEXTS,
    children_in="cards",
    takes="Cards",
    stands_in=frozenset({"Accordion", "Tabs"}),
    starts_with={"color": "neutral", "cards": [{"title": "Kort 1", "children": []}]},
)
_TAB: Final = ObjectShape(
    (
        prop("id", TEXT, N_("Id"), N_("The name of the tab in rules and settings."), required=True),
        prop("title", Reference("text"), N_("Title"), N_("What is written on the tab."), required=True),
        prop("icon", TEXT, N_("Icon"), N_("The address of a picture beside the title."), advanced=True),
        prop(
            "children",
            ListShape(Reference("component")),
            N_("Content"),
            N_("The components in the tab, in order."),
            required=True,
        ),
    )
)
TABS: Final = ComponentType(
    name="Tabs",
    group="group",
    icon="Tabs",
    label=Sentence(N_("Tabs")),
    help=Sentence(N_("Content in tabs, of which one is shown at a time.")),
    properties=(
        prop("tabs", ListShape(_TAB), N_("Tabs"), N_("Each tab with its content."), required=True),
        prop("defaultTab", TEXT, N_("Open from the start"), N_("The id of the tab that is open at first.")),
        prop(
            "size",
            Enumeration(choices(small=N_("Small"), medium=N_("Medium"), large=N_("Large"))),
            N_("Size"),
            N_("How large the tabs are."),
            default="medium",
            advanced=True,
        ),
        *EVERY,
        *SUMMARY,
    ),
    texts=SUMMARY_TEXTS,
    children_in="tabs",
    takes="Tabs",
    starts_with={
        "tabs": [
            {"id": "tab1", "title": "Fane 1", "children": []},
            {"id": "tab2", "title": "Fane 2", "children": []},
        ]
    },
)

GROUPING: Final = (GROUP, ACCORDION, ACCORDION_GROUP, CARDS, TABS)
