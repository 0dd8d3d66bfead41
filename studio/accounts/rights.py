"""Who may do what: one table from roles to rights. Pure; people and organisations come in as plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from studio.definition.sentences import N_, Sentence


class Right(StrEnum):
    """What a view can require."""

    VIEW = "view"  # see the organisation, its apps and their history
    EDIT = "edit"  # change an app in one's own draft, and preview it
    SHARE = "share"  # put one's draft on the main line; fetch the changes of others
    CREATE_APP = "create_app"  # make, import and copy apps
    DELETE_APP = "delete_app"  # archive and delete apps
    REVIEW = "review"  # approve the changes of others
    PUBLISH = "publish"  # put versions of shared items into the organisation's library, and take items away
    BUILD = "build"  # run the app check and make a release
    DEPLOY = "deploy"  # put a release into use in one environment, roll back, take down
    READ_SUBMISSIONS = "read_submissions"  # see what the public has sent in, in one environment
    MANAGE_ORGANISATION = "manage_organisation"  # members, roles and titles of an organisation
    ADMINISTER = "administer"  # people and organisations of the whole installation


class Role(StrEnum):
    """What a person is in an organisation. A deployer is one in a named environment."""

    OWNER = "owner"
    DEVELOPER = "developer"
    DESIGNER = "designer"
    REVIEWER = "reviewer"
    DEPLOYER = "deployer"


ROLE_NAMES: Final[Mapping[Role, Sentence]] = {
    Role.OWNER: Sentence(N_("Owner")),
    Role.DEVELOPER: Sentence(N_("Developer")),
    Role.DESIGNER: Sentence(N_("Designer")),
    Role.REVIEWER: Sentence(N_("Reviewer")),
    Role.DEPLOYER: Sentence(N_("Deployer")),
}

_WORKS_ON_APPS: Final = frozenset(
    {Right.VIEW, Right.EDIT, Right.SHARE, Right.CREATE_APP, Right.BUILD},
)

RIGHTS: Final[Mapping[Role, frozenset[Right]]] = {
    Role.OWNER: _WORKS_ON_APPS | {Right.DELETE_APP, Right.REVIEW, Right.PUBLISH, Right.MANAGE_ORGANISATION},
    Role.DEVELOPER: _WORKS_ON_APPS | {Right.REVIEW, Right.PUBLISH},
    Role.DESIGNER: _WORKS_ON_APPS,
    Role.REVIEWER: frozenset({Right.VIEW, Right.REVIEW}),
    Role.DEPLOYER: frozenset({Right.VIEW, Right.BUILD, Right.DEPLOY, Right.READ_SUBMISSIONS}),
}

# An administrator looks after people and organisations. Work on apps takes a role, which they may give
# themselves, so that it shows who may touch an app.
ADMINISTRATOR: Final = frozenset({Right.VIEW, Right.MANAGE_ORGANISATION, Right.ADMINISTER})

# What a bot can be: one that owns or deploys would be a way around the people who answer for that.
BOT_ROLES: Final = (Role.REVIEWER, Role.DEVELOPER)

# These count in the environment that the role was given for; the rest of a role's rights count everywhere.
IN_ONE_ENVIRONMENT: Final = frozenset({Right.DEPLOY, Right.READ_SUBMISSIONS})


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in an organisation; `environment` is set for a deployer, and "" for everybody else."""

    organisation: str
    role: Role
    environment: str = ""


def allows(
    grants: Iterable[Grant],
    right: Right,
    organisation: str | None,
    environment: str | None = None,
    *,
    administrator: bool = False,
) -> bool:
    """Whether these grants give `right`. Where no environment is named, a grant for any of them will do."""
    if administrator and right in ADMINISTRATOR:
        return True
    return any(
        grant.organisation == organisation
        and right in RIGHTS[grant.role]
        and (right not in IN_ONE_ENVIRONMENT or environment is None or grant.environment == environment)
        for grant in grants
    )
