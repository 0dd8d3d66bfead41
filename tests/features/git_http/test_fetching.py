"""Cloning and fetching with the real Git client."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from studio.accounts.tokens import Scope, revoke_token
from studio.definition.changes import SetText
from studio.history.repository import Repository
from tests.features.git_http.conftest import KARI, NOW, Address, Client, Server, new_client


def test_a_clone_has_what_was_shared_and_a_fetch_what_came_since(
    app: Repository, address: Address, client: Client
) -> None:
    clone = client.clone(address("kari", Scope.READ))
    assert (clone / "README.md").read_bytes() == b"An app.\n"

    other = client.clone(address("ola"), name="other")
    commit = client.commit(other, {"README.md": b"Changed.\n"})
    client.git("push", "-q", "origin", "main", cwd=other)
    client.git("pull", "-q", cwd=clone)

    assert client.git("rev-parse", "HEAD", cwd=clone).strip() == commit
    assert app.head().id == commit


def test_shallow_and_partial_clones_fetch_the_rest_when_it_is_needed(
    app: Repository, address: Address, client: Client
) -> None:
    whole = client.clone(address("ola"), name="whole")
    for number in range(3):
        client.commit(whole, {"README.md": f"Version {number}.\n".encode()})
    client.git("push", "-q", cwd=whole)

    shallow = client.clone(address("kari"), "--depth", "1", name="shallow")
    partial = client.clone(address("kari"), "--filter=blob:none", "--no-checkout", name="partial")

    assert client.git("rev-list", "--count", "HEAD", cwd=shallow).strip() == "1"
    client.git("fetch", "-q", "--unshallow", cwd=shallow)
    assert client.git("rev-list", "--count", "HEAD", cwd=shallow).strip() == "4"
    missing = client.git("rev-list", "--objects", "--missing=print", "HEAD", cwd=partial)
    assert "\n?" in missing
    assert client.git("show", "HEAD~1:README.md", cwd=partial) == "Version 1.\n"


def test_drafts_and_refs_of_studio_are_not_there_for_clients(
    app: Repository, address: Address, client: Client
) -> None:
    draft = app.draft("kari")
    draft.apply(SetText("nb", "appName", "Hemmelig"), draft.revision, KARI, NOW)
    for ref in ("refs/drafts/kari/main", "refs/heads/main"):
        assert subprocess.run(["git", "-C", str(app.folder), "rev-parse", "-q", "--verify", ref], check=True)
    subprocess.run(
        ["git", "-C", str(app.folder), "update-ref", "refs/studio/own", "refs/heads/main"], check=True
    )

    for version in ("2", "0"):
        listed = client.git("-c", f"protocol.version={version}", "ls-remote", address("kari"))
        assert [line.split("\t")[1] for line in listed.splitlines()] == ["HEAD", "refs/heads/main"]

    clone = client.clone(address("ola"))
    for refused in ("refs/drafts/kari/main", "refs/studio/own", "refs/notes/x"):
        pushed = client.run("push", "origin", f"HEAD:{refused}", cwd=clone)
        fetched = client.run("fetch", "origin", refused, cwd=clone)
        assert pushed.code != 0
        assert fetched.code != 0


def test_whoever_knows_the_name_of_a_commit_in_a_draft_does_not_get_it(
    app: Repository, address: Address, client: Client
) -> None:
    draft = app.draft("kari")
    draft.apply(SetText("nb", "appName", "Hemmelig"), draft.revision, KARI, NOW)
    clone = client.clone(address("ola"))
    first = client.git("rev-parse", "HEAD", cwd=clone).strip()
    client.commit(clone, {"README.md": b"New.\n"})
    client.git("push", "-q", cwd=clone)

    for version, words in (("2", "not our ref"), ("0", "unadvertised object")):
        protocol = f"protocol.version={version}"
        fetched = client.run("-c", protocol, "fetch", "origin", draft.revision, cwd=clone)
        assert words in fetched.said
    other = client.folder / "other"
    client.git("init", "-q", str(other))
    client.git("fetch", "-q", address("ola"), first, cwd=other)  # an older commit of a branch is everybody's


# ── who comes in ──


def test_without_a_token_nobody_learns_what_is_there(server: Server, app: Repository, client: Client) -> None:
    for name in (app.app, "nothing"):
        done = client.run("ls-remote", f"http://127.0.0.1:{server.port}/ttd/{name}.git")
        assert "could not read Username" in done.said or "terminal prompts disabled" in done.said


def test_a_password_and_a_wrong_token_are_refused_in_words(
    server: Server, app: Repository, client: Client
) -> None:
    for secret in ("studio-demo", "studio_wrong", server.expired_token("kari"), _revoked(server)):
        done = client.run("clone", server.address(app.app, secret), "x")
        assert done.code != 0
        assert "Authentication failed" in done.said
    assert "remote: " in done.said
    assert "trukket tilbake" in done.said or "was revoked" in done.said


def _revoked(server: Server) -> str:
    with server.session() as session:
        token, secret = server.new_token(session, "kari")
        revoke_token(session, token.person, token.id, NOW)
    return secret


def test_an_app_of_another_organisation_or_of_none_is_not_there(server: Server, client: Client) -> None:
    for where in ("demo/x", "ttd/nothing", "nobody/x", "ttd/..%2Fx"):
        address = f"http://x:{server.token('dina')}@127.0.0.1:{server.port}/{where}.git"
        assert "not found" in client.run("ls-remote", address).said


def test_a_token_ends_with_the_rights_of_its_person(server: Server, address: Address, client: Client) -> None:
    refused = client.run("ls-remote", address("anne").replace("/ttd/", "/nobody/"))
    pushed = client.run("push", address("runa"), "HEAD:x", cwd=client.clone(address("runa", Scope.READ)))

    assert "not found" in refused.said
    assert "403" in pushed.said


def test_the_use_of_a_token_is_noted(server: Server, app: Repository, client: Client) -> None:
    with server.session() as session:
        token, secret = server.new_token(session, "dina")
        number = token.id
    client.git("ls-remote", server.address(app.app, secret))

    with server.session() as session:
        found = session.get(type(token), number)
        assert found is not None
        assert found.last_used_at is not None


# ── the protocol ──


@pytest.mark.parametrize(
    "path", ["info/refs", "info/refs?service=git-upload-archive", "HEAD", "objects/info/packs", "config"]
)
def test_the_old_protocol_of_plain_files_is_not_spoken(
    server: Server, app: Repository, path: str, client: Client
) -> None:
    address = f"{server.address(app.app, server.token('kari'))}/{path}"
    done = subprocess.run(
        ["curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", address], capture_output=True, check=True
    )
    assert done.stdout in (b"403", b"404")


def test_long_requests_which_git_packs_are_read(app: Repository, address: Address, client: Client) -> None:
    clone = client.clone(address("ola"))
    other = client.clone(address("ola"), name="other")
    for number in range(30):
        client.git("commit", "-q", "--allow-empty", "-m", f"{number}", cwd=other)
        client.git("branch", f"b{number}", cwd=other)
    client.commit(other, {"README.md": b"New.\n"})
    client.git("push", "-q", "origin", "--all", cwd=other)

    client.environ["GIT_CURL_VERBOSE"] = "1"
    fetched = client.run("fetch", "-q", "origin", cwd=clone)

    assert "Content-Encoding: gzip" in fetched.said
    assert client.git("show", "origin/main:README.md", cwd=clone) == "New.\n"


def test_twenty_clones_at_once_are_all_served(app: Repository, address: Address, tmp_path: Path) -> None:
    address("kari")

    def clone(number: int) -> str:
        folder = tmp_path / str(number)
        folder.mkdir()
        client = new_client(folder)
        return client.git("rev-parse", "HEAD", cwd=client.clone(address("kari")))

    with ThreadPoolExecutor(20) as pool:
        heads = set(pool.map(clone, range(20)))

    assert heads == {f"{app.head().id}\n"}
