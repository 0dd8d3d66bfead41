"""Studio beside other form products, with their harness: `python -m bench peers [--peers DIR] [option …]`.

The harness and the contestants are no part of this repository. They are copied from DIR (or $PEERS, else
../shared/bench) to var/bench-peers and installed there; Studio joins as a contestant (studio.mjs). All other
options go to the harness, such as `--only studio,surveyjs-react3 --sizes 1000 --runs 3`.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any, Final

import httpx

from bench._browser import chromium_path, cookies_of
from bench._stack import ROOT, Stack, stack, token
from bench.standard_form import PER_PAGE, standard_data, standard_form
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.checks import has_errors
from studio.definition.templates import new_app
from studio.history.commits import Author

AUTHOR: Final = Author("Bench", "bench@example.org")
# One contestant's packages ask for other versions of one another than they are published with.
INSTALL: Final = ("npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--legacy-peer-deps")
DEFAULTS: Final = {
    "--only": "studio,surveyjs-react3,formjs-nodebounce,formio5",
    "--sizes": "10,100,1000",
    "--layouts": "paged",
    "--runs": "5",
}


def main(arguments: list[str]) -> int:
    """Run the harness; its exit code. Raises SystemExit where the harness is missing."""
    options = DEFAULTS | dict(zip(arguments[::2], arguments[1::2], strict=True))
    source = Path(options.pop("--peers", "") or os.environ.get("PEERS") or ROOT.parent / "shared" / "bench")
    if not (source / "run.mjs").is_file():
        raise SystemExit(f"There is no harness in {source}. Name its folder with --peers or PEERS.")
    place = ROOT / "var" / "bench-peers"
    _copy(source, place)
    _install(place, options["--only"].split(","))
    with stack() as running:
        places = place / "studio-places.json"
        places.write_text(json.dumps(_prepare(running, options["--sizes"], options["--layouts"])))
        environ = os.environ | {"STUDIO_PLACES": str(places), "CHROMIUM": str(chromium_path())}
        command = ["node", "run.mjs", *(word for option in options.items() for word in option)]
        return subprocess.run(command, cwd=place, env=environ, check=False).returncode


def _copy(source: Path, place: Path) -> None:
    """The harness as it is now, writable; what was installed before stays."""
    shutil.copytree(source, place, dirs_exist_ok=True, copy_function=_copied)
    for folder in [place, *(each for each in place.rglob("*") if each.is_dir() and not each.is_symlink())]:
        if "node_modules" not in folder.parts:
            folder.chmod(0o755)
    shutil.copyfile(Path(__file__).with_name("studio.mjs"), place / "adapters" / "studio.mjs")


def _copied(source: str, target: str) -> str:
    Path(target).unlink(missing_ok=True)
    return shutil.copyfile(source, target)


def _install(place: Path, wanted: list[str]) -> None:
    """npm packages of the harness and of the wanted contestants."""
    contestants = [
        folder
        for folder in sorted((place / "contestants").iterdir())
        if any(name.startswith(folder.name) for name in wanted)
    ]
    for folder in [place, *contestants]:
        if not (folder / "node_modules").is_dir():
            print(f"Installing {folder.name} …", flush=True)
            subprocess.run(INSTALL, cwd=folder, check=True)


def _prepare(running: Stack, sizes: str, layouts: str) -> dict[str, Any]:
    """Apps of every size, in the editor and as filled forms: their addresses, and cookies for them."""
    editing = running.editing()
    filling = httpx.Client(base_url=running.test, trust_env=False, timeout=60, follow_redirects=True)
    sign_in = filling.get("/sign-in").text
    person = sign_in.partition('name="person" value="')[2].partition('"')[0]
    filling.post("/sign-in", data={"csrf_token": token(filling, "/sign-in"), "person": person, "next": "/"})
    addresses = {}
    for layout in layouts.split(","):
        for fields in map(int, sizes.split(",")):
            name = f"bench-{layout}-{fields}"
            per_page = fields if layout == "flat" else PER_PAGE
            files = standard_form("ttd", name, fields, new_app(name, "ttd", {"nb": name}), per_page)
            if has_errors(app_definition(files)):
                raise SystemExit(f"The form of {fields} fields has errors.")
            running.repositories.create("ttd", name, files, AUTHOR, "Make the app", now())
            addresses[f"editor-{layout}-{fields}"] = f"{running.studio}/ttd/{name}/form/Task_1/page1"
            form = running.deploy("ttd", name, files)
            addresses[f"viewer-{layout}-{fields}"] = _filled(filling, form, fields, per_page)
    cookies = {
        "editor": cookies_of(editing, running.studio),
        "viewer": cookies_of(filling, running.test),
    }
    return {"addresses": addresses, "cookies": cookies}


def _filled(http: httpx.Client, form: str, fields: int, per_page: int) -> str:
    """Begin and fill in the form, page by page; the address of its first page."""
    start = http.get(form).text
    party = start.partition('name="party"')[2].partition('value="')[2].partition('"')[0]
    begun = http.post(f"{form}instances", data={"csrf_token": token(http, form), "party": party})
    first = str(begun.url)
    data = standard_data(fields)
    for number in range(-(-fields // per_page)):
        page = first.removesuffix("page1") + f"page{number + 1}"
        answers = {key: str(value) for key, value in data.items() if int(key[1:]) // per_page == number}
        for _ in range(2):  # the first time brings the conditional fields, the second fills them
            sent = http.post(page, data={"csrf_token": token(http, page), "do": "save", **answers})
            sent.raise_for_status()
    return first
