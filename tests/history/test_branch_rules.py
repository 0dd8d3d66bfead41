"""Rules for branches: which one counts, and what it lets people do."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from studio.database import engine_options
from studio.definition.errors import DomainError, NotThere
from studio.history.branch_rules import (
    DEFAULT,
    EVERY_APP,
    MOST_RULES,
    OPEN,
    BranchRule,
    matching,
    refusal,
    remove_rule,
    rule_for,
    rules_of,
    set_rule,
)
from studio.history.names import InvalidName
from tests.migrated import database

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    url = database(tmp_path / "studio.db", "studio")
    engine = create_engine(url, **engine_options(url))
    with Session(engine) as session:
        yield session
    engine.dispose()


def test_main_is_protected_until_somebody_says_otherwise(session: Session) -> None:
    assert rule_for(session, "ttd", "kontakt", "main") == DEFAULT[0]
    assert rule_for(session, "ttd", "kontakt", "kari/adresse") == OPEN

    set_rule(session, "ttd", EVERY_APP, BranchRule("main", by_review=False), NOW)

    assert not rule_for(session, "ttd", "kontakt", "main").by_review
    assert rule_for(session, "demo", "kontakt", "main").by_review


def test_an_app_comes_before_its_organisation_and_a_name_before_a_pattern(session: Session) -> None:
    set_rule(session, "ttd", EVERY_APP, BranchRule("main", approvals=2), NOW)
    set_rule(session, "ttd", EVERY_APP, BranchRule("release/*", approvals=3), NOW)
    set_rule(session, "ttd", "kontakt", BranchRule("*", approvals=4), NOW)
    set_rule(session, "ttd", "kontakt", BranchRule("release/2026/*", approvals=5), NOW)
    set_rule(session, "ttd", "kontakt", BranchRule("release/2026/nov", approvals=6), NOW)

    def approvals(app: str, branch: str) -> int:
        return rule_for(session, "ttd", app, branch).approvals

    assert approvals("kontakt", "release/2026/nov") == 6
    assert approvals("kontakt", "release/2026/dec") == 5
    assert approvals("kontakt", "main") == 4
    assert approvals("annen", "main") == 2
    assert approvals("annen", "release/1") == 3


def test_only_the_star_of_a_pattern_means_more_than_itself() -> None:
    assert matching([BranchRule("v[1]?")], "v1x") == OPEN
    assert matching([BranchRule("v*")], "v/1/x") == BranchRule("v*")


def test_a_protected_branch_is_moved_by_owners_and_reviews_alone() -> None:
    rule = BranchRule("main")

    assert refusal(rule, "main", owner=True) is None
    assert "pull request" in str(refusal(rule, "main", owner=False))
    assert "pull request" in str(refusal(replace(rule, owners_may_pass=False), "main", owner=True))
    assert "would be lost" in str(refusal(rule, "main", owner=True, forced=True))
    assert "deleted" in str(refusal(rule, "main", owner=True, deleted=True))


def test_an_open_branch_is_anybodys() -> None:
    for forced, deleted in ((False, False), (True, False), (False, True)):
        assert refusal(OPEN, "kari/x", owner=False, forced=forced, deleted=deleted) is None


def test_a_rule_made_again_replaces_itself_and_can_be_taken_away(session: Session) -> None:
    set_rule(session, "ttd", "kontakt", BranchRule("main", approvals=2, checks=("app_check",)), NOW)
    set_rule(session, "ttd", "kontakt", BranchRule(" main ", approvals=3), NOW)
    session.commit()
    session.expire_all()

    assert rules_of(session, "ttd", "kontakt")[0] == BranchRule("main", approvals=3)

    remove_rule(session, "ttd", "kontakt", "main")
    assert rules_of(session, "ttd", "kontakt") == DEFAULT
    with pytest.raises(NotThere, match="main"):
        remove_rule(session, "ttd", "kontakt", "main")


@pytest.mark.parametrize("pattern", ["", "../x", "-x", "a b", "x" * 201, "*" * 4, "a..b", "a/"])
def test_a_pattern_that_names_no_branch_is_refused(session: Session, pattern: str) -> None:
    with pytest.raises((DomainError, InvalidName)):
        set_rule(session, "ttd", "kontakt", BranchRule(pattern), NOW)


def test_numbers_have_ends(session: Session) -> None:
    for approvals in (-1, 11):
        with pytest.raises(DomainError, match="0 to 10"):
            set_rule(session, "ttd", "kontakt", BranchRule("main", approvals=approvals), NOW)
    for number in range(MOST_RULES):
        set_rule(session, "ttd", "kontakt", BranchRule(f"b{number}"), NOW)
    with pytest.raises(DomainError, match="at most 50"):
        set_rule(session, "ttd", "kontakt", BranchRule("one-more"), NOW)


def test_a_rule_survives_the_way_to_another_process() -> None:
    rule = BranchRule("main", approvals=2, checks=("a", "b"), may_force=True)

    assert BranchRule.from_json(rule.to_json()) == rule
