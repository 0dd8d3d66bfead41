"""A contact form: who you are, what it is about, and a confirmation before it is sent in."""

from typing import Any, Final

from studio.definition.process import DATA_AND_CONFIRMATION
from studio.definition.sentences import N_, Sentence
from studio.definition.templates.model import ModelField
from studio.definition.templates.writing import Template


def _field(id_: str, type_: str, binding: str, *texts: str, **properties: Any) -> dict[str, Any]:
    """A component for one field of the model; its texts have the keys `<id>.title` and `<id>.<slot>`."""
    return {
        "id": id_,
        "type": type_,
        "dataModelBindings": {"simpleBinding": binding},
        "textResourceBindings": {slot: f"{id_}.{slot}" for slot in ("title", *texts)},
        **properties,
    }


def _shown(id_: str, type_: str, *slots: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "type": type_,
        **properties,
        "textResourceBindings": {slot: f"{id_}.{slot}" for slot in slots},
    }


_BY_PHONE: Final = ["equals", ["component", "answer-by"], "phone"]

_ABOUT_YOU: Final = (
    _shown("about-you", "Heading", "title", size="L"),
    _shown("introduction", "Paragraph", "title"),
    _field("full-name", "Input", "fullName", required=True, autocomplete="name"),
    _field("answer-by", "RadioButtons", "answerBy", required=True, optionsId="answer-by"),
    _field("email", "Input", "email", required=["not", _BY_PHONE], hidden=_BY_PHONE, autocomplete="email"),
    _field(
        "phone",
        "Input",
        "phone",
        "description",
        required=_BY_PHONE,
        hidden=["not", _BY_PHONE],
        autocomplete="tel",
    ),
    {
        "id": "to-enquiry",
        "type": "NavigationButtons",
        "showBackButton": False,
        "textResourceBindings": {"next": "next"},
    },
)

_ENQUIRY: Final = (
    _shown("your-enquiry", "Heading", "title", size="L"),
    _field("topic", "Dropdown", "topic", required=True, optionsId="topics"),
    _field("message", "TextArea", "message", "description", required=True, maxLength=2000),
    _shown("before-sending", "Panel", "title", "body", variant="info"),
    {
        "id": "back",
        "type": "NavigationButtons",
        "showBackButton": True,
        "textResourceBindings": {"back": "back"},
    },
    _shown("continue", "Button", "title"),
)

CONTACT: Final = Template(
    id="contact",
    name=Sentence(N_("Contact form")),
    description=Sentence(
        N_("Two pages with fields, choices and a rule, and a confirmation before sending in.")
    ),
    process=DATA_AND_CONFIRMATION,
    user_actions=("read", "write", "delete", "instantiate", "confirm"),
    settings={"showProgress": True},
    pages={"about-you": _ABOUT_YOU, "enquiry": _ENQUIRY},
    fields=(
        ModelField("fullName", required=True, limits={"minLength": 1, "maxLength": 200}),
        ModelField("answerBy", required=True, limits={"enum": ["email", "phone"]}),
        ModelField("email", limits={"maxLength": 254, "pattern": r"[^@\s]+@[^@\s]+\.[^@\s]+"}),
        ModelField("phone", limits={"pattern": r"\+?[0-9 ]{8,20}"}),
        ModelField("topic", required=True, limits={"enum": ["question", "feedback", "error", "other"]}),
        ModelField("message", required=True, limits={"minLength": 1, "maxLength": 2000}),
    ),
    options={
        "answer-by": tuple({"value": each, "label": f"answer-by.{each}"} for each in ("email", "phone")),
        "topics": tuple(
            {"value": each, "label": f"topics.{each}"} for each in ("question", "feedback", "error", "other")
        ),
    },
    texts={
        "about-you": ("Om deg", "Om deg", "About you"),
        "about-you.title": ("Om deg", "Om deg", "About you"),
        "introduction.title": (
            "Her kan du stille spørsmål eller fortelle oss noe. Vi svarer som regel innen tre virkedager.",
            "Her kan du stille spørsmål eller fortelje oss noko. Vi svarer som regel innan tre yrkedagar.",
            "Here you can ask a question or tell us something. We usually answer within three working days.",
        ),
        "full-name.title": ("Navnet ditt", "Namnet ditt", "Your name"),
        "answer-by.title": (
            "Hvordan vil du ha svar?",
            "Korleis vil du ha svar?",
            "How would you like our answer?",
        ),
        "answer-by.email": ("På e-post", "På e-post", "By e-mail"),
        "answer-by.phone": ("På telefon", "På telefon", "By phone"),
        "email.title": ("E-postadresse", "E-postadresse", "E-mail address"),
        "phone.title": ("Telefonnummer", "Telefonnummer", "Phone number"),
        "phone.description": (
            "Åtte sifre, eller med landskode først",
            "Åtte siffer, eller med landkode først",
            "Eight digits, or with the country code first",
        ),
        "next": ("Neste", "Neste", "Next"),
        "back": ("Forrige", "Førre", "Back"),
        "enquiry": ("Henvendelsen", "Førespurnaden", "Your enquiry"),
        "your-enquiry.title": ("Henvendelsen din", "Førespurnaden din", "Your enquiry"),
        "topic.title": ("Hva gjelder det?", "Kva gjeld det?", "What is it about?"),
        "topics.question": ("Et spørsmål", "Eit spørsmål", "A question"),
        "topics.feedback": ("Ros eller kritikk", "Ros eller kritikk", "Praise or criticism"),
        "topics.error": ("Feil på nettsidene", "Feil på nettsidene", "An error on our website"),
        "topics.other": ("Noe annet", "Noko anna", "Something else"),
        "message.title": ("Meldingen din", "Meldinga di", "Your message"),
        "message.description": (
            "Ikke skriv fødselsnummer eller andre sensitive opplysninger her.",
            "Ikkje skriv fødselsnummer eller andre sensitive opplysningar her.",
            "Please do not write national identity numbers or other sensitive information here.",
        ),
        "before-sending.title": ("Før du sender inn", "Før du sender inn", "Before you send it in"),
        "before-sending.body": (
            "I neste steg ser du over opplysningene dine og bekrefter at de stemmer.",
            "I neste steg ser du over opplysningane dine og stadfestar at dei stemmer.",
            "In the next step you look over your information and confirm that it is right.",
        ),
        "continue.title": ("Gå til bekreftelse", "Gå til stadfesting", "Go to confirmation"),
    },
)
