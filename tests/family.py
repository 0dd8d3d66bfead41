"""An app about a family, whose rules are put into words, and the wordings of all languages."""

from collections.abc import Callable, Mapping
from typing import Any

import builders

from studio.definition.app import AppDefinition
from studio.web.catalogue import merged

Say = Callable[[str], str]
_TITLES = {
    "has-children": "Do you have *children*?",
    "children": "Children",
    "income": "Income",
    "born": "Born",
    "interests": "Interests",
    "expenses": "Expenses",
    "what": "What",
    "amount": "Amount",
    "sum": "Total",
    "reason": "1\\. Reason",
    "agree": "I agree",
}
_YES_NO = [{"value": "yes", "label": "answers.yes"}, {"value": "no", "label": "No"}]
_FIELDS: Mapping[str, Any] = {
    "hasChildren": "string",
    "children": "integer",
    "income": "number",
    "born": {"type": "string", "format": "date"},
    "interests": "string",
    "sum": "number",
    "reason": "string",
    "agree": "boolean",
    "kind": {"type": "string", "enum": ["a", "b"], "title": "The kind"},
    "unasked": "string",
    "expenses": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "what": {"type": "string"},
                "amount": {"type": "number"},
                "on-date": {"type": "string", "format": "date"},
            },
        },
    },
}


def family(**more: Any) -> AppDefinition:
    """The app; `more` are properties of the component "children"."""
    page = [
        builders.field("has-children", "hasChildren", "RadioButtons", options=_YES_NO),
        builders.field("children", **more),
        builders.field("income"),
        builders.field("born", kind="Datepicker"),
        builders.field(
            "interests",
            kind="Checkboxes",
            options=[{"value": "sport", "label": "Sports"}, {"value": "music", "label": "Music"}],
        ),
        {
            "id": "expenses",
            "type": "RepeatingGroup",
            "children": ["what", "amount"],
            "dataModelBindings": {"group": "expenses"},
            "textResourceBindings": {"title": "expenses.title"},
        },
        builders.field("what", "expenses.what"),
        builders.field("amount", "expenses.amount"),
        builders.field("sum"),
        builders.field("reason"),
        builders.field("agree", kind="RadioButtons", options=[{"value": True, "label": "Of course"}]),
    ]
    texts = {f"{name}.title": title for name, title in _TITLES.items()}
    return builders.app(
        pages={"Family": page, "Money": [builders.field("unseen", "unasked")]},
        fields=_FIELDS,
        texts={"en": texts | {"answers.yes": "Yes, I do", "too-late": "Too late", "Money": "About money"}},
    )


def field(path: str) -> list[Any]:
    return ["dataModel", path]


def sayings() -> Mapping[str, Say]:
    """The wordings of each language."""
    catalogues = {language: merged(language)[0] for language in ("nb", "nn")}

    def saying(language: str) -> Say:
        return lambda message: str(getattr(catalogues[language].get(message), "string", "") or message)

    return {"en": lambda message: message, **{language: saying(language) for language in catalogues}}
