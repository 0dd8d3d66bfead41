"""The access rules of a new app (XACML 3.0, in the form of the format's own template).

Private persons and general managers fill in; the owner of the service reads, starts and completes.
"""

from collections.abc import Iterable
from html import escape
from typing import Final

_IGNORE_CASE: Final = "urn:oasis:names:tc:xacml:3.0:function:string-equal-ignore-case"
_EQUAL: Final = "urn:oasis:names:tc:xacml:1.0:function:string-equal"
_SUBJECT: Final = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject"
_RESOURCE: Final = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource"
_ACTION: Final = "urn:oasis:names:tc:xacml:3.0:attribute-category:action"
_ACTION_ID: Final = "urn:oasis:names:tc:xacml:1.0:action:action-id"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_OWNER_ACTIONS: Final = ("read", "write", "instantiate", "complete")
# How surely a person (2) and a system of the owner (3) must have been recognised.
_LEVELS: Final = (
    (1, "urn:altinn:minimum-authenticationlevel", 2),
    (2, "urn:altinn:minimum-authenticationlevel-org", 3),
)


def policy(name: str, org: str, user_actions: Iterable[str]) -> str:
    """The text of policy.xml for the app `org`/`name`."""
    app = (
        _match(_EQUAL, org, "urn:altinn:org", _RESOURCE),
        _match(_EQUAL, name, "urn:altinn:app", _RESOURCE),
    )
    roles: list[_AllOf] = [
        (_match(_IGNORE_CASE, role, "urn:altinn:rolecode", _SUBJECT),) for role in ("priv", "dagl")
    ]
    owner: list[_AllOf] = [(_match(_IGNORE_CASE, org, "urn:altinn:org", _SUBJECT),)]
    policy_id = f"urn:altinn:resource:app_{escape(org)}_{escape(name)}:policyid:1"
    rules = [
        _rule(
            f"{policy_id}:ruleid:1",
            "Private persons and general managers",
            [roles, [app], _actions(user_actions)],
        ),
        _rule(f"{policy_id}:ruleid:2", "The service owner", [owner, [app], _actions(_OWNER_ACTIONS)]),
    ]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<xacml:Policy PolicyId="{policy_id}" Version="1.0"'
        ' RuleCombiningAlgId="urn:oasis:names:tc:xacml:3.0:rule-combining-algorithm:deny-overrides"'
        ' xmlns:xacml="urn:oasis:names:tc:xacml:3.0:core:schema:wd-17">\n'
        f"  <xacml:Target />\n{''.join(rules)}  <xacml:ObligationExpressions>\n{_obligations()}"
        "  </xacml:ObligationExpressions>\n</xacml:Policy>\n"
    )


# A match must fit with all others of its tuple, one tuple of each list must fit, and so must every list.
_AllOf = tuple[str, ...]


def _actions(names: Iterable[str]) -> list[_AllOf]:
    return [(_match(_IGNORE_CASE, name, _ACTION_ID, _ACTION),) for name in names]


def _rule(rule_id: str, description: str, target: list[list[_AllOf]]) -> str:
    return (
        f'  <xacml:Rule RuleId="{rule_id}" Effect="Permit">\n'
        f"    <xacml:Description>{description}</xacml:Description>\n"
        f"    <xacml:Target>\n{''.join(map(_any_of, target))}    </xacml:Target>\n  </xacml:Rule>\n"
    )


def _any_of(alternatives: list[_AllOf]) -> str:
    inside = "".join(
        f"        <xacml:AllOf>\n{''.join(each)}        </xacml:AllOf>\n" for each in alternatives
    )
    return f"      <xacml:AnyOf>\n{inside}      </xacml:AnyOf>\n"


def _match(function: str, value: str, attribute: str, category: str) -> str:
    return (
        f'          <xacml:Match MatchId="{function}">\n'
        f'            <xacml:AttributeValue DataType="{_STRING}">{escape(value)}</xacml:AttributeValue>\n'
        f'            <xacml:AttributeDesignator AttributeId="{attribute}" Category="{category}"'
        f' DataType="{_STRING}" MustBePresent="false" />\n          </xacml:Match>\n'
    )


def _obligations() -> str:
    return "".join(
        f'    <xacml:ObligationExpression ObligationId="urn:altinn:obligation:authenticationLevel{number}"'
        ' FulfillOn="Permit">\n'
        "      <xacml:AttributeAssignmentExpression"
        f' AttributeId="urn:altinn:obligation{number}-assignment{number}"'
        f' Category="{category}">\n'
        f'        <xacml:AttributeValue DataType="http://www.w3.org/2001/XMLSchema#integer">{level}'
        "</xacml:AttributeValue>\n"
        "      </xacml:AttributeAssignmentExpression>\n    </xacml:ObligationExpression>\n"
        for number, category, level in _LEVELS
    )
