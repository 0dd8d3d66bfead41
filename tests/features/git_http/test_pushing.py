"""Pushing with the real Git client: what is accepted, what is refused, and in which words."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from studio.accounts.tokens import Scope
from studio.definition.changes import SetText
from studio.definition.errors import NotThere
from studio.history.branch_rules import BranchRule, set_rule
from studio.history.errors import Busy
from studio.history.names import draft_ref
from studio.history.repository import Repository
from tests.features.git_http.conftest import KARI, NOW, Address, Client, Server


def test_a_branch_of_ones_own_is_anybodys_and_main_is_the_owners(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("dina"))
    before = app.head().id
    commit = client.commit(clone, {"README.md": b"Dina.\n"})

    refused = client.run("push", "origin", "main", cwd=clone)
    accepted = client.run("push", "-q", "origin", "main:dina/readme", cwd=clone)

    assert accepted.code == 0
    assert "Åpne en endringsforespørsel fra «dina/readme»" in accepted.said
    assert "/pull-requests/new?source=dina/readme" in accepted.said
    assert "source=" not in client.run("push", "-q", "-f", "origin", "main~1:dina/readme", cwd=clone).said
    client.git("push", "-q", "origin", "main:dina/readme", cwd=clone)
    assert refused.code != 0
    assert "remote: " in refused.said
    assert "«main» er beskyttet" in refused.said
    assert app.head().id == before
    assert app.head("dina/readme").id == commit

    client.git("push", "-q", address("ola"), "main", cwd=clone)
    assert app.head().id == commit


def test_the_rules_of_the_app_are_those_that_count(
    server: Server, app: Repository, address: Address, client: Client
) -> None:
    with server.session() as session:
        set_rule(session, "ttd", app.app, BranchRule("main", by_review=False), NOW)
        set_rule(session, "ttd", app.app, BranchRule("release/*", owners_may_pass=False), NOW)
    clone = client.clone(address("dina"))
    client.commit(clone, {"README.md": b"Dina.\n"})

    client.git("push", "-q", "origin", "main", cwd=clone)
    refused = client.run("push", address("ola"), "main:release/1", cwd=clone)

    assert "release/1" in refused.said
    assert app.branches() == ["main"]


def test_a_push_is_refused_as_a_whole(app: Repository, address: Address, client: Client) -> None:
    clone = client.clone(address("dina"))
    client.commit(clone, {"README.md": b"Dina.\n"})

    refused = client.run("push", "origin", "main", "main:dina/x", cwd=clone)

    assert refused.code != 0
    assert app.branches() == ["main"]


def test_a_token_that_can_only_read_pushes_nothing(app: Repository, address: Address, client: Client) -> None:
    clone = client.clone(address("dina", Scope.READ))

    refused = client.run("push", "origin", "HEAD:dina/x", cwd=clone)

    assert "403" in refused.said
    assert "lese" in refused.said
    assert app.branches() == ["main"]


def test_what_others_have_put_on_a_protected_branch_is_not_pushed_over(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("ola"))
    client.git("commit", "-q", "--amend", "-m", "Another beginning", cwd=clone)

    refused = client.run("push", "--force", "origin", "main", cwd=clone)
    deleted = client.run("push", "origin", ":main", cwd=clone)

    assert "gått tapt" in refused.said
    assert deleted.code != 0
    assert app.head().subject == "Create the app"


def test_tags_are_made_by_all_and_moved_by_owners(app: Repository, address: Address, client: Client) -> None:
    clone = client.clone(address("dina"))
    client.git("tag", "v1", cwd=clone)
    client.git("push", "-q", "origin", "v1", cwd=clone)
    client.git("commit", "-q", "--allow-empty", "-m", "More", cwd=clone)
    client.git("tag", "-f", "v1", cwd=clone)

    refused = client.run("push", "-f", "origin", "v1", cwd=clone)
    client.git("push", "-q", "-f", address("ola"), "v1", cwd=clone)
    blob = client.run("hash-object", "-w", "--stdin", cwd=clone, given=b"x").out.strip()
    client.git("tag", "file", blob, cwd=clone)
    of_file = client.run("push", "origin", "file", cwd=clone)

    assert "v1" in refused.said
    assert refused.code != 0
    assert "file" in of_file.said
    assert app.commit("refs/tags/v1").subject == "More"


# ── open drafts ──


def test_a_push_shows_in_an_open_draft_as_something_to_fetch(
    app: Repository, address: Address, client: Client
) -> None:
    draft = app.draft("kari")
    draft.apply(SetText("nb", "appName", "Karis tittel"), draft.revision, KARI, NOW)
    clone = client.clone(address("ola"))
    client.commit(clone, {"README.md": b"Ola.\n"})
    client.git("push", "-q", cwd=clone)

    draft.refresh()
    assert draft.is_behind
    assert draft.fetch(KARI, NOW).changed
    assert draft.files["README.md"] == b"Ola.\n"
    assert b"Karis tittel" in draft.files["App/config/texts/resource.nb.json"]


def test_a_force_push_under_an_open_draft_loses_nothing_of_it(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("dina"))
    client.commit(clone, {"A.md": b"A.\n"})
    client.git("push", "-q", "origin", "main:felles", cwd=clone)
    draft = app.draft("kari", "felles")
    draft.apply(SetText("nb", "appName", "Karis tittel"), draft.revision, KARI, NOW)
    client.git("commit", "-q", "--amend", "-m", "Otherwise", cwd=clone)
    client.commit(clone, {"B.md": b"B.\n"})

    client.git("push", "-q", "--force", "origin", "main:felles", cwd=clone)

    draft.refresh()
    assert b"Karis tittel" in draft.files["App/config/texts/resource.nb.json"]
    assert draft.is_behind
    assert draft.fetch(KARI, NOW).changed
    assert b"Karis tittel" in draft.files["App/config/texts/resource.nb.json"]
    assert draft.files["B.md"] == b"B.\n"
    draft.share("Karis tittel", KARI, NOW)
    assert app.head("felles").parents == (client.git("rev-parse", "HEAD", cwd=clone).strip(),)


def test_a_draft_on_a_branch_that_is_deleted_waits_for_the_branch_to_come_back(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("dina"))
    client.git("push", "-q", "origin", "main:felles", cwd=clone)
    draft = app.draft("kari", "felles")
    draft.apply(SetText("nb", "appName", "Karis tittel"), draft.revision, KARI, NOW)

    client.git("push", "-q", "origin", ":felles", cwd=clone)

    with pytest.raises(NotThere, match="felles"):
        draft.apply(SetText("nb", "appName", "Annet"), draft.revision, KARI, NOW)
    kept = ["git", "-C", str(app.folder), "rev-parse", "-q", "--verify", draft_ref("kari", "felles")]
    subprocess.run(kept, check=True, capture_output=True)
    client.git("push", "-q", "origin", "main:felles", cwd=clone)
    again = app.draft("kari", "felles")
    assert b"Karis tittel" in again.files["App/config/texts/resource.nb.json"]


def test_pushes_and_merges_at_the_same_moment_are_all_there_in_the_end(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("ola"))
    for number in range(3):
        app.create_branch(f"kari/{number}")
        draft = app.draft("kari", f"kari/{number}")
        draft.apply(SetText("nb", f"text{number}", "Tekst"), draft.revision, KARI, NOW)
        draft.share(f"Tekst {number}", KARI, NOW)

    def push_all() -> None:
        for number in range(3):
            client.commit(clone, {f"{number}.md": b"x"})
            while client.run("push", "-q", "origin", "main", cwd=clone).code != 0:
                client.git("pull", "-q", "--no-rebase", "--no-edit", "origin", "main", cwd=clone)

    def merge_all() -> None:
        mine = Repository(app.folder, app.org, app.app)
        for number in range(3):
            merge = partial(mine.merge, f"kari/{number}", "main", author=KARI, message="Merge", now=NOW)
            for _ in range(100):
                with suppress(Busy):  # a push holds the branch for a moment
                    merge()
                    break

    with ThreadPoolExecutor(2) as pool:
        for each in [pool.submit(push_all), pool.submit(merge_all)]:
            each.result()

    files = app.files()
    assert {f"{number}.md" for number in range(3)} <= set(files)
    assert all(b'"text%d"' % number in files["App/config/texts/resource.nb.json"] for number in range(3))


def test_a_pull_request_whose_target_was_pushed_to_meets_what_is_there_now(
    app: Repository, address: Address, client: Client
) -> None:
    app.create_branch("kari/x")
    draft = app.draft("kari", "kari/x")
    draft.apply(SetText("nb", "appName", "Karis tittel"), draft.revision, KARI, NOW)
    draft.share("Karis tittel", KARI, NOW)
    assert app.mergeable("kari/x", "main").is_clean
    clone = client.clone(address("ola"))
    theirs = b'{"language": "nb", "resources": [{"id": "appName", "value": "Olas tittel"}]}'
    client.commit(clone, {"App/config/texts/resource.nb.json": theirs})
    client.git("push", "-q", "origin", "main", cwd=clone)

    (conflict,) = app.mergeable("kari/x", "main").conflicts

    assert {conflict.ours, conflict.theirs} == {"Karis tittel", "Olas tittel"}
    assert app.merge("kari/x", "main", author=KARI, message="Merge", now=NOW).commit is None


# ── what is in a push ──


def test_files_that_the_editors_cannot_read_come_in_with_a_warning(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("dina"))
    broken = {
        "App/ui/form/layouts/Side1.json": b'{\n  "data": \n}\n',
        "App/config/process/process.bpmn": b"<a>\n<b></a>\n",
        "App/fine.json": b'// a comment\n{"a": 1,}\n',
        "broken.json": b"{",
    }
    commit = client.commit(clone, broken)

    pushed = client.run("push", "origin", "main:dina/broken", cwd=clone)

    assert pushed.code == 0
    assert app.head("dina/broken").id == commit
    assert "«App/ui/form/layouts/Side1.json»" in pushed.said
    assert "linje 3" in pushed.said
    assert "process.bpmn" in pushed.said
    assert "fine.json" not in pushed.said
    assert "«broken.json»" not in pushed.said


def test_links_out_of_the_app_are_refused_wherever_they_stand_in_the_history(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("dina"))
    for target in ("/etc/passwd", "../../x", "a/../../..", "C:\\x"):
        link = clone / "App" / "link"
        link.symlink_to(target)
        client.commit(clone, {})
        link.unlink()
        client.commit(clone, {})
        refused = client.run("push", "origin", "main:dina/x", cwd=clone)
        assert "«App/link»" in refused.said, target
        client.git("reset", "-q", "--hard", "origin/main", cwd=clone)
    (clone / "App" / "link").symlink_to("../README.md")
    client.commit(clone, {})
    client.git("push", "-q", "origin", "main:dina/x", cwd=clone)


def test_a_file_that_is_too_large_is_named(app: Repository, address: Address, client: Client) -> None:
    clone = client.clone(address("dina"))
    client.commit(clone, {"App/video.bin": bytes(51_000_000)})

    refused = client.run("push", "origin", "main:dina/x", cwd=clone)

    assert "«App/video.bin»" in refused.said
    assert "50 MB" in refused.said
    assert app.branches() == ["main"]


@pytest.mark.parametrize("name", ["HEAD", "a/-b", "x" * 201, "ren\u200bdyr"])
def test_names_that_lead_astray_are_refused(
    app: Repository, address: Address, client: Client, name: str
) -> None:
    clone = client.clone(address("dina"))

    refused = client.run("push", "origin", f"HEAD:refs/heads/{name}", cwd=clone)

    assert refused.code != 0
    assert app.branches() == ["main"]


def test_hooks_and_settings_that_a_repository_brings_are_never_run(
    app: Repository, address: Address, client: Client, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    script = f"#!/bin/sh\ntouch {ran}\n".encode()
    names = ("pre-receive", "update", "post-receive", "post-update", "reference-transaction")
    clone = client.clone(address("dina"))
    hooks = {f"{folder}/{name}": script for folder in ("hooks", ".githooks") for name in names}
    client.commit(clone, hooks | {"config": b"[core]\n\thooksPath = hooks\n"})
    for name in hooks:
        (clone / name).chmod(0o755)
    client.commit(clone, {})
    for name in names:
        (app.folder / "hooks").mkdir(exist_ok=True)
        (app.folder / "hooks" / name).write_bytes(script)
        (app.folder / "hooks" / name).chmod(0o755)

    client.git("push", "-q", "origin", "main:dina/x", cwd=clone)

    assert not ran.exists()


def test_an_archived_app_takes_no_pushes(app: Repository, address: Address, client: Client) -> None:
    clone = client.clone(address("dina"))
    app.archive(KARI, NOW)

    refused = client.run("push", "origin", "main:dina/x", cwd=clone)

    assert "arkivert" in refused.said
    client.git("fetch", "-q", cwd=clone)
