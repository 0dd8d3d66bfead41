"""What the functions of the language take and give (expressions.md, 3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from studio.definition.expressions.checking.types import (
    ANY,
    BOOLEAN,
    LIST,
    NUMBER,
    NUMBER_AS_TEXT,
    OBJECT,
    TEXT,
    WHOLE_NUMBER,
    Cast,
    Type,
    always,
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The last of `takes` is that of all further arguments. `follows_null`: null where the first one is."""

    takes: tuple[Cast, ...]
    gives: Type
    follows_null: bool = False

    def cast(self, place: int) -> Cast:
        """What argument `place` (from 1) is turned into."""
        return self.takes[min(place, len(self.takes)) - 1] if self.takes else "any"

    def result(self, arguments: Sequence[Type]) -> Type:
        """What a call with arguments of these types gives."""
        if self.follows_null and arguments and not arguments[0].nullable:
            return always(self.gives)
        return self.gives


_YES_OR_NO: Final = always(BOOLEAN)
_SURE_NUMBER: Final = always(NUMBER)
_SURE_TEXT: Final = always(TEXT)
_COUNT: Final = always(WHOLE_NUMBER)
_OWNER_KINDS: Final = Type(
    frozenset({"text"}), values=frozenset({"org", "person", "selfIdentified", "unknown"})
)

SIGNATURES: Final[Mapping[str, Signature]] = {
    "and": Signature(("boolean",), _YES_OR_NO),
    "or": Signature(("boolean",), _YES_OR_NO),
    "not": Signature(("boolean",), _YES_OR_NO),
    "if": Signature(("boolean", "any"), ANY),
    "equals": Signature(("text",), _YES_OR_NO),
    "notEquals": Signature(("text",), _YES_OR_NO),
    "greaterThan": Signature(("number",), _YES_OR_NO),
    "greaterThanEq": Signature(("number",), _YES_OR_NO),
    "lessThan": Signature(("number",), _YES_OR_NO),
    "lessThanEq": Signature(("number",), _YES_OR_NO),
    "compare": Signature(("any",), _YES_OR_NO),
    "plus": Signature(("number",), _SURE_NUMBER),
    "minus": Signature(("number",), _SURE_NUMBER),
    "multiply": Signature(("number",), _SURE_NUMBER),
    "divide": Signature(("number",), _SURE_NUMBER),
    "sum": Signature(("list",), _SURE_NUMBER),
    "average": Signature(("list", "number"), NUMBER),
    "count": Signature(("list",), _COUNT),
    "round": Signature(("number",), always(NUMBER_AS_TEXT)),
    "concat": Signature(("text",), _SURE_TEXT),
    "contains": Signature(("text",), _YES_OR_NO),
    "notContains": Signature(("text",), _YES_OR_NO),
    "startsWith": Signature(("text",), _YES_OR_NO),
    "endsWith": Signature(("text",), _YES_OR_NO),
    "commaContains": Signature(("text",), _YES_OR_NO),
    "upperCase": Signature(("text",), TEXT, follows_null=True),
    "lowerCase": Signature(("text",), TEXT, follows_null=True),
    "upperCaseFirst": Signature(("text",), TEXT, follows_null=True),
    "lowerCaseFirst": Signature(("text",), TEXT, follows_null=True),
    "stringLength": Signature(("text",), _COUNT),
    "stringIndexOf": Signature(("text",), WHOLE_NUMBER),
    "stringSlice": Signature(("text", "number"), TEXT, follows_null=True),
    "stringReplace": Signature(("text",), TEXT),
    "formatDate": Signature(("date", "text"), TEXT),
    "list": Signature(("any",), always(LIST)),
    "object": Signature(("any",), always(OBJECT)),
    "jmespath": Signature(("any", "text"), ANY),
    "dataModel": Signature(("text", "any"), ANY),
    "component": Signature(("text",), ANY),
    "displayValue": Signature(("text",), TEXT),
    "optionLabel": Signature(("any", "text"), TEXT),
    "text": Signature(("text",), TEXT, follows_null=True),
    "instanceContext": Signature(("text",), TEXT),
    "frontendSettings": Signature(("text",), ANY),
    "authContext": Signature(("text",), _YES_OR_NO),
    "countDataElements": Signature(("text",), _COUNT),
    "externalApi": Signature(("text",), TEXT),
    "gatewayAction": Signature((), TEXT),
    "language": Signature((), _SURE_TEXT),
    "argv": Signature(("number",), ANY),
    "value": Signature(("text",), ANY),
    "linkToPage": Signature(("text", "text", "boolean"), TEXT),
    "linkToComponent": Signature(("text", "text", "boolean"), TEXT),
    "_experimentalSelectAndMap": Signature(("text", "text", "text", "text", "boolean"), _SURE_TEXT),
}
INSTANCE_FACTS: Final[Mapping[str, Type]] = {
    "instanceId": TEXT,
    "appId": TEXT,
    "instanceOwnerPartyId": TEXT,
    "instanceOwnerPartyType": _OWNER_KINDS,
    "instanceOwnerName": TEXT,
}
# Functions whose result is another one in another place or at another moment, or that may take long: they are
# not carried out by the checker.
NOT_CARRIED_OUT: Final = frozenset(
    {
        "dataModel",
        "component",
        "displayValue",
        "optionLabel",
        "text",
        "formatDate",
        "instanceContext",
        "frontendSettings",
        "authContext",
        "countDataElements",
        "externalApi",
        "gatewayAction",
        "language",
        "argv",
        "value",
        "linkToPage",
        "linkToComponent",
        "jmespath",
        "_experimentalSelectAndMap",
    }
)
# What the operators of compare turn both sides into.
COMPARED_AS: Final[Mapping[str, Cast]] = {
    "equals": "text",
    "greaterThan": "number",
    "greaterThanEq": "number",
    "lessThan": "number",
    "lessThanEq": "number",
    "isBefore": "date",
    "isBeforeEq": "date",
    "isAfter": "date",
    "isAfterEq": "date",
    "isSameDay": "date",
}
