"""A branch along its first parents, and where its commits were made."""

from datetime import UTC, datetime, timedelta

import pygit2
import pytest

from studio.definition.changes import SetFile, SetProperty
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories

KARI = Author("Kari", "kari@example.org")
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAGE = "App/ui/Task_1/layouts/enquiry.json"


@pytest.fixture
def app(tmp_path):
    files = new_app("kontakt", "ttd", {"nb": "Kontakt", "en": "Contact"}, "contact")
    return Repositories(tmp_path).create("ttd", "kontakt", files, KARI, "Made", NOW)


def longest(value):
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


def share(app, message, *changes, branch="main", after=0):
    draft = app.draft("kari", branch)
    for change in changes:
        draft.apply(change, draft.revision, KARI, NOW)
    return draft.share(message, KARI, NOW + timedelta(minutes=after))


def subjects(commits):
    return [commit.subject for commit in commits]


def test_a_line_grows_and_what_is_known_of_it_stays(app):
    share(app, "One", longest(1))
    assert subjects(app.timeline().commits) == ["One", "Made"]
    share(app, "Two", longest(2))
    assert subjects(app.timeline().commits) == ["Two", "One", "Made"]


def test_a_branch_that_was_given_another_history_has_another_line(app):
    first = app.head().id
    share(app, "Gone", longest(1))
    assert subjects(app.timeline().commits) == ["Gone", "Made"]
    git = pygit2.Repository(str(app.folder))
    git.references["refs/heads/main"].set_target(first)
    share(app, "Instead", longest(2))
    assert subjects(app.timeline().commits) == ["Instead", "Made"]


def test_branches_have_lines_of_their_own(app):
    app.create_branch("work")
    share(app, "On work", longest(1), branch="work")
    assert subjects(app.timeline("work").commits) == ["On work", "Made"]
    assert subjects(app.timeline().commits) == ["Made"]


def test_a_merge_is_one_entry_with_what_it_brought_behind_it(app):
    app.create_branch("work")
    inner = share(app, "On work", longest(1), branch="work", after=1)
    share(app, "On main", SetFile("App/wwwroot/a.css", b"a {}"), after=2)
    app.merge("work", "main", author=KARI, message="Merge work", now=NOW + timedelta(hours=1))
    line = app.timeline()
    assert subjects(line.commits) == ["Merge work", "On main", "Made"]
    assert subjects(line.brought(line.commits[0])) == ["On work"]
    assert line.brought(line.commits[1]) == []
    assert line.find(inner.id) is None
    assert line.find_behind(inner.id).subject == "On work"
    assert line.commits[0].origin == "merge"


def test_commits_that_are_on_no_branch_are_not_found(app):
    draft = app.draft("kari")
    secret = draft.apply(longest(3), draft.revision, KARI, NOW).revision
    line = app.timeline()
    assert line.find(secret) is None
    assert line.find_behind(secret) is None
    for odd in ("", "main", secret[:10], "g" * 40, "0" * 40):
        assert line.find_behind(odd) is None


def test_what_touched_a_file_is_known_also_where_it_came_and_went(app):
    share(app, "Long", longest(1))
    share(app, "Style", SetFile("App/wwwroot/a.css", b"a {}"))
    share(app, "No style", SetFile("App/wwwroot/a.css", None))
    line = app.timeline()
    assert subjects(line.touching(PAGE)) == ["Long", "Made"]
    assert subjects(line.touching("App/wwwroot/a.css")) == ["No style", "Style"]
    assert line.touching("../x") == []
    assert line.blob(line.commits[0], "App/wwwroot/a.css") is None
    style = line.blob(line.commits[1], "App/wwwroot/a.css")
    assert line.read(style) == b"a {}"


def test_where_a_commit_was_made_does_not_depend_on_what_its_message_says(app):
    share(app, "git: pushed\n\nEditor: code", longest(1))
    share(app, "By hand", SetFile("App/wwwroot/a.css", b"a {}"))
    share(app, "Undone and other things", longest(5))
    assert [commit.origin for commit in app.timeline().commits] == ["editor", "code", "editor", "new"]


def test_nobody_passes_for_studio_by_name_alone(app):
    git = pygit2.Repository(str(app.folder))
    head = git.references["refs/heads/main"].target
    for email in ("nonsense@studio.invalid", "git@studio.invalid", "editor@example.org"):
        somebody = pygit2.Signature("Studio", email, 1_800_000_000, 0)
        head = git.create_commit("refs/heads/main", somebody, somebody, "x", git[head].tree.id, [head])
    assert {commit.origin for commit in app.timeline().commits[:3]} == {"git"}
