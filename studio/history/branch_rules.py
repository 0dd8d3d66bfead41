"""The rules that organisations and apps have made for their branches; protection.py says what they mean."""

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import JSON, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, scoped_session

from studio.database import StudioModel, UtcDateTime
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.history.names import branch_ref
from studio.history.protection import DEFAULT, OPEN, BranchRule, matching, refusal

__all__ = [
    "DEFAULT",
    "EVERY_APP",
    "OPEN",
    "BranchRule",
    "BranchRuleRow",
    "matching",
    "own_rules",
    "refusal",
    "remove_rule",
    "rule_for",
    "rules_of",
    "set_rule",
]

AnySession = Session | scoped_session[Any]

MOST_APPROVALS: Final = 10
MOST_RULES: Final = 50
EVERY_APP: Final = ""  # stands where the name of an app would: a rule of the organisation


class BranchRuleRow(StudioModel):
    """One rule of an app; `app` is "" in a rule for every app of the organisation."""

    __tablename__ = "branch_rule"
    __table_args__ = (UniqueConstraint("org", "app", "pattern"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    org: Mapped[str]
    app: Mapped[str]
    pattern: Mapped[str]
    by_review: Mapped[bool]
    approvals: Mapped[int]
    checks: Mapped[list[str]] = mapped_column(JSON)
    owners_may_pass: Mapped[bool]
    may_force: Mapped[bool]
    may_delete: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


def rules_of(session: AnySession, org: str, app: str) -> tuple[BranchRule, ...]:
    """All that count for an app, in the order in which they are asked.

    Rules of the app come before those of its organisation, names before patterns, long before short.
    """
    return (*own_rules(session, org, app), *own_rules(session, org, EVERY_APP), *DEFAULT)


def rule_for(session: AnySession, org: str, app: str, branch: str) -> BranchRule:
    """The rule that counts for one branch."""
    return matching(rules_of(session, org, app), branch)


def own_rules(session: AnySession, org: str, app: str) -> tuple[BranchRule, ...]:
    """The rules that were made for just this app (or, with EVERY_APP, for the organisation)."""
    rows = session.scalars(select(BranchRuleRow).where(BranchRuleRow.org == org, BranchRuleRow.app == app))
    found = [
        BranchRule.from_dict({name: getattr(row, name) for name in BranchRule.__slots__}) for row in rows
    ]
    return tuple(sorted(found, key=lambda rule: (not rule.is_exact, -len(rule.pattern), rule.pattern)))


def set_rule(session: AnySession, org: str, app: str, rule: BranchRule, now: datetime) -> None:
    """Make a rule, or give the one with this pattern its new content. Raises DomainError for a bad one."""
    rule = replace(rule, pattern=rule.pattern.strip())
    _check(rule)
    row = _row(session, org, app, rule.pattern)
    if row is None:
        if len(own_rules(session, org, app)) >= MOST_RULES:
            raise DomainError(
                Sentence(N_("There can be at most %(most)s rules. Remove one first."), {"most": MOST_RULES})
            )
        row = BranchRuleRow(org=org, app=app)
        session.add(row)
    for name in BranchRule.__slots__:
        setattr(row, name, getattr(rule, name))
    row.checks = list(rule.checks)
    row.changed_at = now
    session.flush()


def remove_rule(session: AnySession, org: str, app: str, pattern: str) -> None:
    """Take a rule away. Raises NotThere."""
    row = _row(session, org, app, pattern)
    if row is None:
        raise NotThere(Sentence(N_("There is no rule for “%(pattern)s”."), {"pattern": pattern}))
    session.delete(row)
    session.flush()


def _row(session: AnySession, org: str, app: str, pattern: str) -> BranchRuleRow | None:
    return session.scalar(
        select(BranchRuleRow).where(
            BranchRuleRow.org == org, BranchRuleRow.app == app, BranchRuleRow.pattern == pattern
        )
    )


def _check(rule: BranchRule) -> None:
    branch_ref(rule.pattern.replace("*", "x"))  # raises InvalidName for what no branch can be called
    if len(rule.pattern) > 200 or rule.pattern.count("*") > 3:
        raise DomainError(Sentence(N_("A pattern can have at most 200 characters and three stars.")))
    if not 0 <= rule.approvals <= MOST_APPROVALS:
        raise DomainError(
            Sentence(N_("A pull request can need 0 to %(most)s approvals."), {"most": MOST_APPROVALS})
        )
