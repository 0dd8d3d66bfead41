"""Component types that find a person, an organisation or an address in a register."""

from typing import Final

from studio.definition.components.declaring import IN_BOXES, slot, switch, text
from studio.definition.components.properties import (
    ANSWER,
    ANSWER_TEXTS,
    FORM_TEXTS,
    LABELLED_ANSWER,
    SAVE_WHILE_TYPING,
    SUMMARY_TEXTS,
)
from studio.definition.components.types import TEXTUAL, ComponentType
from studio.definition.sentences import N_, Sentence

ADDRESS: Final = ComponentType(
    name="Address",
    group="form",
    icon="House",
    label=Sentence(N_("Address")),
    help=Sentence(N_("A Norwegian address; the postal town is found by the post code.")),
    properties=(
        *LABELLED_ANSWER,
        switch(
            "simplified",
            N_("Short address"),
            N_("Asks for street, post code and postal town only, not for care of and house number."),
            default=True,
        ),
        SAVE_WHILE_TYPING,
    ),
    bindings=(
        slot("address", N_("Street address"), TEXTUAL, required=True),
        slot("zipCode", N_("Post code"), TEXTUAL, required=True),
        slot("postPlace", N_("Postal town"), TEXTUAL, required=True),
        slot("careOf", N_("Care of"), TEXTUAL),
        slot("houseNumber", N_("House number"), TEXTUAL),
    ),
    texts=(
        text("title", N_("Label of the street address"), N_("Used instead of “street address”.")),
        text("careOfTitle", N_("Label of care of"), N_("Used instead of “care of”."), advanced=True),
        text("zipCodeTitle", N_("Label of the post code"), N_("Used instead of “post code”."), advanced=True),
        text(
            "postPlaceTitle",
            N_("Label of the postal town"),
            N_("Used instead of “postal town”."),
            advanced=True,
        ),
        text(
            "houseNumberTitle",
            N_("Label of the house number"),
            N_("Used instead of “house number”."),
            advanced=True,
        ),
        *FORM_TEXTS,
        *SUMMARY_TEXTS,
    ),
    stands_in=IN_BOXES,
)
PERSON_LOOKUP: Final = ComponentType(
    name="PersonLookup",
    group="form",
    icon="PersonCircle",
    label=Sentence(N_("Person lookup")),
    help=Sentence(N_("Finds a person by national identity number and last name.")),
    properties=ANSWER,
    bindings=(
        slot("person_lookup_ssn", N_("National identity number"), TEXTUAL, required=True, key_latest="ssn"),
        slot("person_lookup_name", N_("Full name"), TEXTUAL, key_latest="fullName"),
        slot("person_lookup_first_name", N_("First name"), TEXTUAL, key_latest="firstName"),
        slot("person_lookup_middle_name", N_("Middle name"), TEXTUAL, key_latest="middleName"),
        slot("person_lookup_last_name", N_("Last name"), TEXTUAL, key_latest="lastName"),
    ),
    texts=ANSWER_TEXTS,
    stands_in=IN_BOXES,
)
ORGANIZATION_LOOKUP: Final = ComponentType(
    name="OrganizationLookup",
    name_v8="OrganisationLookup",
    group="form",
    icon="Buildings2",
    label=Sentence(N_("Organisation lookup")),
    help=Sentence(N_("Finds an organisation by its organisation number.")),
    properties=ANSWER,
    bindings=(
        slot(
            "organization_lookup_orgnr",
            N_("Organisation number"),
            TEXTUAL,
            required=True,
            key_v8="organisation_lookup_orgnr",
            key_latest="orgnr",
        ),
        slot(
            "organization_lookup_name",
            N_("Name of the organisation"),
            TEXTUAL,
            key_v8="organisation_lookup_name",
            key_latest="name",
        ),
    ),
    texts=ANSWER_TEXTS,
    stands_in=IN_BOXES,
)

LOOKUPS: Final = (ADDRESS, PERSON_LOOKUP, ORGANIZATION_LOOKUP)
