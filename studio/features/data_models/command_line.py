"""`studio model …`: data models of an app in a folder, or of an app in Studio, from the command line."""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import click

from studio.definition import json_text
from studio.definition.app import AppDefinition, app_definition
from studio.definition.data_model import conversion
from studio.definition.data_model.conversion.schema_problems import schema_problems
from studio.features.data_models.app_places import Refused, place_of
from studio.features.data_models.arriving import Arriving
from studio.history.repositories import Repositories

_REFERRED: Final = re.compile(rb"""schemaLocation\s*=\s*["']([^"']*)["']""")
_SCHEMA: Final = ".schema.json"
_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


commands: Final = click.Group()  # studio.cli gives them their place


@commands.command("import")
@click.argument("app")
@click.argument("xsd", type=_FILE)
@click.option("--name", help="Name of the model; that of the file otherwise.")
@click.option("--root", help="The element with which documents begin, where the XSD has several.")
@click.option("--task", help="The task of the process in which the model is filled in.")
@click.option("--with", "more", type=_FILE, multiple=True, help="A file that the XSD includes or imports.")
@click.pass_obj
def import_model(
    repositories: Callable[[], Repositories],
    app: str,
    xsd: Path,
    name: str | None,
    root: str | None,
    task: str | None,
    more: tuple[Path, ...],
) -> None:
    """Make a data model of an XSD or a JSON Schema. Files that it includes are found beside it."""
    place = place_of(app, repositories)
    arriving = Arriving(app_definition(place.files), _with_included(xsd, more), xsd.name, root or "")
    if _say(_lines(arriving.problems)):
        raise Refused("The file has errors. Nothing was changed.")
    if root is None and len(arriving.roots) > 1 and sys.stdin.isatty():
        choices = click.Choice(arriving.roots)
        root = click.prompt("Documents begin with", type=choices, default=arriving.roots[0])
        arriving = replace(arriving, root=root)
    if root is not None and root not in arriving.roots:
        roots = ", ".join(arriving.roots)
        raise Refused(f"There is no element {root} to begin with. Choose one of these: {roots}.")
    called = name or arriving.name
    place.apply(arriving.as_new(called, task), f"The data model {called} was added")
    click.echo(f"The data model {called} was added to {app}.")


@commands.command("export")
@click.argument("app")
@click.argument("name")
@click.option("--as", "kind", type=click.Choice(["xsd", "schema"]), default="xsd", show_default=True)
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.pass_obj
def export_model(
    repositories: Callable[[], Repositories], app: str, name: str, kind: str, file: Path | None
) -> None:
    """Write the XSD or the JSON Schema of a data model. Without an XSD in the app, one is made."""
    data = _exported(app_definition(place_of(app, repositories).files), name, kind)
    if file is None:
        click.echo(data, nl=False)
        return
    file.write_bytes(data)
    click.echo(f"The data model {name} was written to {file}.")


@commands.command("check")
@click.argument("app")
@click.argument("names", nargs=-1)
@click.pass_obj
def check_models(repositories: Callable[[], Repositories], app: str, names: tuple[str, ...]) -> None:
    """Look for mistakes in all models of APP, the named ones, or in an XSD file given as APP.

    Exit code 1 where there is an error.
    """
    if app.lower().endswith(".xsd") and Path(app).is_file():
        file = Path(app)
        lines = _lines(conversion.problems_of(file.read_bytes(), _included(file), name=file.name))
    else:
        lines = _checked(app_definition(place_of(app, repositories).files), names)
    if _say(lines):
        sys.exit(1)
    click.echo("There are no errors.")


def _with_included(xsd: Path, more: tuple[Path, ...]) -> Mapping[str, bytes]:
    named = {path.name: path.read_bytes() for path in more}
    return {xsd.name: xsd.read_bytes(), **_included(xsd), **named}


def _included(xsd: Path) -> Mapping[str, bytes]:
    """By name, the files in the folder of an XSD that it refers to, and those that these refer to."""
    folder = xsd.resolve().parent
    found: dict[str, bytes] = {}
    waiting = [xsd.resolve()]
    seen = set(waiting)
    while waiting:
        current = waiting.pop(0)
        data = current.read_bytes()
        found[current.name] = data
        for location in _REFERRED.findall(data):
            place = (current.parent / unquote(location.decode("utf-8", "replace"))).resolve()
            if place.is_relative_to(folder) and place.is_file() and place not in seen:
                seen.add(place)
                waiting.append(place)
    del found[xsd.resolve().name]
    return found


def _exported(app: AppDefinition, name: str, kind: str) -> bytes:
    path = app.schema_path(name)
    if path is None:
        raise Refused(f"The app has no data model {name}.")
    if kind == "schema":
        return app.files[path]
    xsd = path.removesuffix(_SCHEMA) + ".xsd"
    if xsd in app.files:
        return app.files[xsd]
    return conversion.to_xsd(json_text.parse(app.files[path]))


def _checked(app: AppDefinition, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """How bad and a line, for every problem of the models."""
    for name in names or tuple(kind.id for kind in app.metadata.data_types if app.schema_path(kind.id)):
        path = app.schema_path(name)
        if path is None:
            raise Refused(f"The app has no data model {name}.")
        yield from _checked_model(app, path)


def _checked_model(app: AppDefinition, path: str) -> Iterator[tuple[str, str]]:
    try:
        schema = json_text.parse(app.files[path])
    except json_text.BrokenJson as error:
        yield "error", f"{path}: {error.sentence}"
        return
    for problem in schema_problems(schema):
        yield problem.severity, f"{path}{problem.pointer}: {problem.sentence}"
    xsd = path.removesuffix(_SCHEMA) + ".xsd"
    if xsd not in app.files:
        return
    folder = f"{app.paths.models_folder}/"
    others = {
        other.removeprefix(folder): app.files[other]
        for other in app.files.under(folder)
        if other.endswith(".xsd") and other != xsd
    }
    problems = conversion.problems_of(app.files[xsd], others, name=xsd)
    yield from _lines(problems)
    if not any(problem.severity == "error" for problem in problems):
        mismatch = conversion.matches(app.files[xsd], schema, others)
        if mismatch is not None:
            yield "warning", f"{xsd}: {mismatch.sentence}"


def _lines(problems: tuple[conversion.XsdProblem, ...]) -> Iterator[tuple[str, str]]:
    return ((problem.severity, str(problem.in_place)) for problem in problems)


def _say(lines: Iterator[tuple[str, str]]) -> bool:
    """Print the problems; whether one is an error."""
    broken = False
    for severity, line in lines:
        click.echo(f"{severity}: {line}", err=True)
        broken = broken or severity == "error"
    return broken
