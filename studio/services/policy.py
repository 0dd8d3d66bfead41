"""policy.xml: who may do what with an app and its instances (XACML 3.0; process.md, 9). Default deny."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from studio.definition.errors import DomainError
from studio.definition.safe_xml import BrokenXml, parse
from studio.definition.sentences import N_, Sentence

_NS: Final = "{urn:oasis:names:tc:xacml:3.0:core:schema:wd-17}"
_IGNORE_CASE: Final = "string-equal-ignore-case"
_LEVEL: Final = "urn:altinn:minimum-authenticationlevel"

Category = Literal["subject", "resource", "action", "other"]
# (category, attribute id) -> the values that a request has for it.
Request = Mapping[tuple[Category, str], frozenset[str]]
_CATEGORIES: Final[Mapping[str, Category]] = {
    "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject": "subject",
    "urn:oasis:names:tc:xacml:3.0:attribute-category:resource": "resource",
    "urn:oasis:names:tc:xacml:3.0:attribute-category:action": "action",
}

ACTION: Final = "urn:oasis:names:tc:xacml:1.0:action:action-id"
ROLE: Final = "urn:altinn:rolecode"
ORG: Final = "urn:altinn:org"
APP: Final = "urn:altinn:app"
TASK: Final = "urn:altinn:task"
END_EVENT: Final = "urn:altinn:end-event"
USER: Final = "urn:altinn:userid"
PARTY: Final = "urn:altinn:partyid"


@dataclass(frozen=True, slots=True)
class Match:
    """One condition: an attribute of the subject, the resource or the action has this value."""

    category: Category
    attribute: str
    value: str
    ignore_case: bool

    def holds(self, request: Request, placeholders: Mapping[str, str]) -> bool:
        """Whether the request has the value. `placeholders` are those of templates ("[org]")."""
        wanted = placeholders.get(self.value.lower(), self.value)
        given = request.get((self.category, self.attribute), frozenset())
        if self.ignore_case:
            return wanted.lower() in {value.lower() for value in given}
        return wanted in given


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule holds where in each of its parts (AnyOf) one set of matches (AllOf) holds completely."""

    effect: Literal["Permit", "Deny"]
    parts: tuple[tuple[tuple[Match, ...], ...], ...]

    def holds(self, request: Request, placeholders: Mapping[str, str]) -> bool:
        """Whether the rule is about this request."""
        return all(
            any(all(match.holds(request, placeholders) for match in matches) for matches in part)
            for part in self.parts
        )


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of an app, and the authentication level it asks for."""

    rules: tuple[Rule, ...]
    minimum_level: int = 0

    def permits(self, request: Request, placeholders: Mapping[str, str]) -> bool:
        """Deny overrides; what no rule permits is denied."""
        effects = {rule.effect for rule in self.rules if rule.holds(request, placeholders)}
        return effects == {"Permit"}


DENY_ALL: Final = Policy(())


def read_policy(data: bytes) -> Policy:
    """The policy in policy.xml. Raises BrokenPolicy where it cannot be understood."""
    try:
        root = parse(data)
    except BrokenXml as error:
        raise BrokenPolicy(error.sentence) from error
    return Policy(tuple(_rule(element) for element in root.iter(f"{_NS}Rule")), _minimum_level(root))


class BrokenPolicy(DomainError):
    """policy.xml cannot be understood. Nobody is let in by it."""


def _rule(element: etree._Element) -> Rule:
    effect = element.get("Effect")
    if effect not in {"Permit", "Deny"}:
        raise BrokenPolicy(Sentence(N_("A rule of the policy has neither the effect Permit nor Deny.")))
    if element.find(f"{_NS}Condition") is not None:
        # A condition that is not evaluated would let in more people than it should.
        raise BrokenPolicy(Sentence(N_("The policy has a rule with a condition, which is not supported.")))
    target = element.find(f"{_NS}Target")
    parts = target.findall(f"{_NS}AnyOf") if target is not None else []
    return Rule(
        "Permit" if effect == "Permit" else "Deny",
        tuple(
            tuple(
                tuple(_match(found) for found in all_of.findall(f"{_NS}Match"))
                for all_of in part.findall(f"{_NS}AllOf")
            )
            for part in parts
        ),
    )


def _match(element: etree._Element) -> Match:
    value = element.findtext(f"{_NS}AttributeValue") or ""
    designator = element.find(f"{_NS}AttributeDesignator")
    attribute = designator.get("AttributeId") if designator is not None else None
    if designator is None or not attribute:
        raise BrokenPolicy(Sentence(N_("A rule of the policy compares with no attribute.")))
    category = _CATEGORIES.get(designator.get("Category") or "", "other")
    return Match(category, attribute, value.strip(), (element.get("MatchId") or "").endswith(_IGNORE_CASE))


def _minimum_level(root: etree._Element) -> int:
    levels = [
        int(text)
        for assignment in root.iter(f"{_NS}AttributeAssignmentExpression", f"{_NS}AttributeAssignment")
        if assignment.get("Category") == _LEVEL
        for text in [(assignment.findtext(f"{_NS}AttributeValue") or "").strip()]
        if text.isdigit()
    ]
    return max(levels, default=0)
