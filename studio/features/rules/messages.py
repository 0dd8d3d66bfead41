"""What a validation says, in every language of the app, how grave it is and when it is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.changes import MISSING, Change, SetText, composite
from studio.definition.errors import DomainError
from studio.definition.rules import LEVELS
from studio.definition.sentences import N_, Sentence
from studio.features.rules.address import RuleAddress
from studio.features.rules.changing import set_members, written
from studio.features.rules.rule import Rule

LEVEL_NAMES: Final = {
    "error": Sentence(N_("Error: the form cannot be sent in")),
    "warning": Sentence(N_("Warning")),
    "info": Sentence(N_("Information")),
    "success": Sentence(N_("Confirmation that all is well")),
}


@dataclass(frozen=True, slots=True)
class Message:
    """What a validation says: language -> text; or `by_rule`, the address of a message that is worked out."""

    texts: Mapping[str, str]
    level: str
    at_once: bool
    by_rule: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether people would be told nothing but that something is wrong."""
        return not self.by_rule and not any(self.texts.values())


def message_of(rule: Rule) -> Message | None:
    """The message of a validation; None for other rules, and for one that is not written yet."""
    given = written(rule.work.app, rule.address) if _has_message(rule.address) else None
    if not isinstance(given, Mapping):
        return None
    message, app = given.get("message"), rule.work.app
    level = str(given.get("severity") or "error").lower()
    at_once = given.get("showImmediately") is True
    if isinstance(message, list):
        return Message({}, level, at_once, f"{rule.address}/message")
    key = message if isinstance(message, str) else ""
    return Message({code: _text(app, code, key) for code in app.languages or ("nb",)}, level, at_once)


def message_change(rule: Rule, form: Mapping[str, str]) -> Change:
    """The change of a message that a form asks for. Raises DomainError."""
    app, address = rule.work.app, rule.address
    match form.get("do") if _has_message(address) else None:
        case "severity" if form.get("value") in LEVELS:
            level = MISSING if form["value"] == "error" else form["value"]
            return set_members(app, address, {"severity": level})
        case "at_once":
            return set_members(app, address, {"showImmediately": True if "value" in form else MISSING})
        case "message":
            return _text_change(app, address, form.get("language", ""), form.get("value", "").strip())
    raise DomainError(Sentence(N_("The editor does not know how to do this. Reload the page.")))


def new_key(app: AppDefinition, data_type: str, field: str) -> str:
    """A key for a text that no other text has."""
    known = {text.id for code in app.languages for text in app.texts(code)}
    base = f"validation.{data_type}.{field}"
    keys = (base, *(f"{base}.{number}" for number in range(2, len(known) + 3)))
    return next(key for key in keys if key not in known)


def _text_change(app: AppDefinition, address: RuleAddress, language: str, text: str) -> Change:
    given = written(app, address)
    before = given.get("message") if isinstance(given, Mapping) else None
    is_key = isinstance(before, str) and any(before in app.texts(code) for code in app.languages)
    if isinstance(before, str) and is_key:
        others = [code for code in app.languages if code != language and before in app.texts(code)]
        if text or others:
            return SetText(language, before, text or None)
        # A key that no text has would be read by people as if it were the message.
        return composite([SetText(language, before, None), set_members(app, address, {"message": ""})])
    if not text and not before:
        return set_members(app, address, {"message": ""})
    key = new_key(app, address.parts[0], address.parts[1])
    changes: list[Change] = []
    if isinstance(before, str) and before.strip():
        # What was written out was the message in every language.
        changes = [SetText(code, key, before) for code in app.languages if code != language]
    return composite([*changes, SetText(language, key, text), set_members(app, address, {"message": key})])


def _text(app: AppDefinition, language: str, key: str) -> str:
    found = app.texts(language).get(key)
    if found is not None:
        return found.value
    return "" if any(key in app.texts(code) for code in app.languages) else key


def _has_message(address: RuleAddress) -> bool:
    if address.kind == "validation":
        return len(address.parts) == 3
    return address.kind == "definition" and len(address.parts) == 2
