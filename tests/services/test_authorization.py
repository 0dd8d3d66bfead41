"""The policy of an app decides who may do what."""

from pathlib import Path

import pytest

from studio.definition.app import AppDefinition
from studio.definition.files import EditedFiles, Files
from studio.definition.templates import new_app
from studio.services.authorization import Decider
from studio.services.parties import is_allowed
from studio.services.policy import BrokenPolicy, read_policy
from studio.services.test_people import TestRegister

POLICY = "App/config/authorization/policy.xml"
REGISTER = TestRegister()
FOX, WALRUS = REGISTER.people()[0], REGISTER.people()[1]
FJORD = 520001


@pytest.fixture
def files() -> Files:
    return new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact")


def decider(files: Files) -> Decider:
    return Decider(AppDefinition(files), "ttd", "kontakt")


def test_a_person_may_fill_in_for_herself_and_for_an_organisation_she_leads(files: Files) -> None:
    assert decider(files).may(FOX, FOX.party.party_id, "instantiate")
    assert decider(files).may(FOX, FJORD, "write")


def test_nobody_acts_for_a_party_without_a_role_there(files: Files) -> None:
    assert decider(files).decide(FOX, WALRUS.party.party_id, "read") == "deny"


def test_a_role_that_the_policy_does_not_name_gives_nothing(files: Files) -> None:
    assert not decider(files).may(WALRUS, FJORD, "write")


def test_an_action_that_the_policy_does_not_name_is_denied(files: Files) -> None:
    assert not decider(files).may(FOX, FOX.party.party_id, "complete")


def test_an_app_without_a_policy_or_with_a_broken_one_lets_nobody_in(files: Files) -> None:
    for content in (None, b"<xacml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'):
        edited = EditedFiles(files, {POLICY: content})
        assert not decider(edited).may(FOX, FOX.party.party_id, "read")


def test_deny_overrides_permit(files: Files) -> None:
    text = files[POLICY].decode()
    rule = text[text.index("<xacml:Rule ") : text.index("</xacml:Rule>") + len("</xacml:Rule>")]
    denying = rule.replace('Effect="Permit"', 'Effect="Deny"')
    edited = EditedFiles(files, {POLICY: text.replace(rule, rule + denying).encode()})
    assert decider(files).may(FOX, FOX.party.party_id, "read")
    assert not decider(edited).may(FOX, FOX.party.party_id, "read")


def test_a_person_is_not_the_service_owner_whose_rights_have_the_org_as_their_subject(files: Files) -> None:
    only_owner = (
        files[POLICY].decode().replace("urn:altinn:rolecode", "urn:altinn:org").replace(">priv<", ">ttd<")
    )
    edited = EditedFiles(files, {POLICY: only_owner.encode()})
    assert not decider(edited).may(FOX, FOX.party.party_id, "read")


def test_a_condition_in_a_policy_is_refused_instead_of_passed_over() -> None:
    ns = "urn:oasis:names:tc:xacml:3.0:core:schema:wd-17"
    with pytest.raises(BrokenPolicy):
        read_policy(f'<Policy xmlns="{ns}"><Rule Effect="Permit"><Condition/></Rule></Policy>'.encode())


def test_policies_of_real_apps_let_a_manager_in(vectors: Path) -> None:
    for path in (vectors / "apps" / "test-apps-v9").glob("*/App/config/authorization/policy.xml"):
        policy = read_policy(path.read_bytes())
        assert policy.rules


@pytest.mark.parametrize(
    ("flags", "party", "allowed"),
    [
        ({}, FJORD, True),
        ({"person": True}, FJORD, False),
        ({"organisation": True}, FJORD, True),
        ({"organisation": True}, 520002, False),
        ({"subUnit": True}, 520002, True),
        ({"bankruptcyEstate": True}, 520005, True),
        ({"person": True}, 510001, True),
    ],
)
def test_an_app_says_which_kinds_of_parties_it_is_for(
    flags: dict[str, bool], party: int, allowed: bool
) -> None:
    found = REGISTER.party(party)
    assert found is not None
    assert is_allowed(found, {"partyTypesAllowed": flags}) is allowed
