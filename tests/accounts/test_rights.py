"""The table of roles and rights, held against a second one written by hand."""

import pytest

from studio.accounts.rights import RIGHTS, Grant, Right, Role, allows

OWNER = "view edit share create_app delete_app review publish build manage_organisation"
DEVELOPER = "view edit share create_app review publish build"
DESIGNER = "view edit share create_app build"
REVIEWER = "view review"
DEPLOYER = "view build deploy read_submissions"


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.OWNER, OWNER),
        (Role.DEVELOPER, DEVELOPER),
        (Role.DESIGNER, DESIGNER),
        (Role.REVIEWER, REVIEWER),
        (Role.DEPLOYER, DEPLOYER),
    ],
)
def test_a_role_gives_these_rights_and_no_others(role: Role, rights: str) -> None:
    assert {str(right) for right in RIGHTS[role]} == set(rights.split())
    assert set(RIGHTS) == set(Role)


def test_a_role_counts_in_its_own_organisation_only() -> None:
    grants = [Grant("ttd", Role.OWNER)]

    assert allows(grants, Right.EDIT, "ttd")
    assert not allows(grants, Right.EDIT, "demo")
    assert not allows(grants, Right.EDIT, None)


def test_a_deployer_deploys_to_the_environment_of_the_role_only() -> None:
    grants = [Grant("ttd", Role.DEPLOYER, "test")]

    assert allows(grants, Right.DEPLOY, "ttd", "test")
    assert not allows(grants, Right.DEPLOY, "ttd", "production")
    assert not allows(grants, Right.READ_SUBMISSIONS, "ttd", "production")


def test_without_an_environment_any_of_a_deployers_will_do() -> None:
    assert allows([Grant("ttd", Role.DEPLOYER, "test")], Right.DEPLOY, "ttd")
    assert not allows([Grant("ttd", Role.OWNER)], Right.DEPLOY, "ttd")


def test_an_administrator_looks_after_people_but_does_not_touch_apps() -> None:
    given = {right for right in Right if allows([], right, "ttd", administrator=True)}

    assert given == {Right.VIEW, Right.MANAGE_ORGANISATION, Right.ADMINISTER}
