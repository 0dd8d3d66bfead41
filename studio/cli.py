"""The command line: `studio …` or `python -m studio …`. Each command imports what it needs, and no more."""

# ruff: noqa: PLC0415 - see above

import os
import sys
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from studio.config import ENVIRONMENTS, BadSetting, Settings, read_settings
from studio.definition.errors import DomainError

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from studio.history.repositories import Repositories

USAGE_ERROR: Final = 2
_HERE: Final = {"127.0.0.1", "::1", "localhost"}


class _Refused(click.ClickException):
    exit_code = USAGE_ERROR


class _Elsewhere(click.Group):
    """Commands that stand in another module, which is imported when they are asked for."""

    def __init__(self, *, module: str, **about: Any) -> None:
        super().__init__(**about)
        self._module = module

    def list_commands(self, _context: click.Context) -> list[str]:
        return sorted(self._there())

    def get_command(self, _context: click.Context, name: str) -> click.Command | None:
        return self._there().get(name)

    def _there(self) -> dict[str, click.Command]:
        commands: dict[str, click.Command] = import_module(self._module).commands.commands
        return commands


class _ListName(click.ParamType[str]):
    """The name of a list that can be fetched anew."""

    name = "list"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self._choice().get_metavar(param, ctx)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return self._choice().convert(value, param, ctx)

    def _choice(self) -> click.Choice[str]:
        from studio.runtime.refreshing_lists import REFRESHABLE

        return click.Choice(REFRESHABLE)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """A designer and a runtime for digital public services."""
    # What commands outside this module open Studio's repositories with: they are not told the settings.
    context.obj = _repositories


def _repositories() -> "Repositories":
    from studio.history.repositories import Repositories

    return Repositories(read_settings(os.environ).repositories)


def main() -> None:
    """The program. Known problems end in one clear sentence and exit code 2, without a stack trace."""
    try:
        cli(prog_name="studio")
    except (BadSetting, DomainError) as problem:
        _end_with(problem)


def _end_with(problem: Exception) -> NoReturn:
    click.echo(str(problem), err=True)
    sys.exit(USAGE_ERROR)


@cli.command()
def serve() -> None:
    """Serve Studio, the test environment and the production environment on this machine."""
    settings = _settings_for_serving()
    from studio import serving
    from studio.supervisor import CannotStart

    try:
        serving.serve(settings)
    except CannotStart as problem:
        _end_with(problem)


def _settings_for_serving() -> Settings:
    """On one's own machine, production has a sign-in for trying out; elsewhere it must have been chosen."""
    environ = dict(os.environ)
    if (environ.get("STUDIO_HOST") or "127.0.0.1") in _HERE:
        environ.setdefault("STUDIO_PRODUCTION_SIGN_IN", "local-demo")
    settings = read_settings(environ)
    if not settings.environment("production").sign_in:
        raise BadSetting(
            "The production environment has no sign-in. Choose one with STUDIO_PRODUCTION_SIGN_IN; "
            "the built-in local-demo is only for trying out on your own machine."
        )
    return settings


def _session(settings: Settings) -> "Session":
    from studio.database import session_outside_requests

    return session_outside_requests(settings.database_url)


def _now() -> "datetime":
    from studio.database.clock import now

    return now()


def _migrate_studio(settings: Settings) -> None:
    from studio.database.migrations import migrate

    migrate(settings.database_url, "studio")


def _migrate(settings: Settings) -> None:
    from studio.database.migrations import migrate

    _migrate_studio(settings)
    for environment in settings.environments:
        migrate(environment.database_url, "runtime")


@cli.command("import")
@click.argument("source")
@click.option("--org", required=True, help="Short name of the organisation.")
@click.option("--name", required=True, help="Name of the new app: small letters, digits, dashes.")
@click.option("--by", default="studio", show_default=True, help="Name of whoever the commit is by.")
@click.option("--email", default="studio@localhost", show_default=True)
def import_from(source: str, org: str, name: str, by: str, email: str) -> None:
    """Make an app from SOURCE: a folder, a zip file, or the address of a Git repository."""
    from studio.accounts.service import organisation_named
    from studio.history.commits import Author
    from studio.history.importing.apps import from_git_url, import_app

    settings = read_settings(os.environ)
    _migrate_studio(settings)
    with _session(settings) as session:
        organisation_named(session, org)
    repositories = _repositories()
    if "://" in source:
        from_git_url(repositories, source, org, name)
    elif Path(source).exists():
        import_app(repositories, Path(source), org, name, Author(by, email), _now())
    else:
        raise _Refused(f"There is nothing at {source}.")
    click.echo(f"{org}/{name} was imported: {settings.origin}/{org}/{name}")


@cli.command()
@click.argument("org")
@click.argument("app")
@click.option("--environment", type=click.Choice(ENVIRONMENTS), default="production", show_default=True)
@click.option(
    "--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="Write to this zip file."
)
def submissions(org: str, app: str, environment: str, target: Path | None) -> None:
    """Download what was sent in to an app, as XML and JSON in a zip file."""
    import zipfile

    from studio import create_runtime
    from studio.runtime.handoff import OwnerPass, sign

    settings = _settings_for_serving()
    target = target or Path(f"{app}-submissions.zip")
    runtime = create_runtime(settings, environment).test_client()
    key = settings.environment(environment).key
    given = sign(key, OwnerPass("studio", "studio submissions", org, app))
    runtime.get("/owner/enter", query_string={"pass": given})
    answer = runtime.get(f"/{org}/{app}/owner/submissions.zip")
    if answer.status_code != HTTPStatus.OK:
        raise _Refused(f"The {environment} environment has no app {org}/{app}.")
    target.write_bytes(answer.data)
    with zipfile.ZipFile(target) as archive:
        count = len({name.split("/")[0] for name in archive.namelist()})
    click.echo(f"{count} submissions were written to {target}.")


@cli.command("migrate")
def migrate_databases() -> None:
    """Bring the databases to the tables that this version needs."""
    _migrate(read_settings(os.environ))
    click.echo("The databases are up to date.")


@cli.group()
def people() -> None:
    """Those who sign in to Studio."""


@people.command("add")
@click.argument("user_name")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--email", required=True)
@click.option("--administrator", is_flag=True, help="May look after organisations and people.")
@click.password_option()
def add(user_name: str, name: str, email: str, administrator: bool, password: str) -> None:
    """Add somebody."""
    from studio.accounts.passwords import Passwords
    from studio.accounts.service import add_person

    settings = read_settings(os.environ)
    _migrate_studio(settings)
    with _session(settings) as session:
        person = add_person(
            session,
            Passwords(),
            user_name=user_name,
            name=name,
            email=email,
            password=password,
            now=_now(),
            administrator=administrator,
        )
        session.commit()
        click.echo(f"{person.name} can sign in as {person.user_name}.")


@people.command("password")
@click.argument("user_name")
@click.password_option()
def change_password(user_name: str, password: str) -> None:
    """Give somebody a new password; it ends all their sessions."""
    from studio.accounts.passwords import Passwords
    from studio.accounts.service import person_named, set_password

    with _session(read_settings(os.environ)) as session:
        person = person_named(session, user_name)
        if person is None:
            raise _Refused(f"There is nobody with the user name {user_name}.")
        set_password(person, Passwords(), password)
        session.commit()
        click.echo(f"{person.name} has a new password.")


@cli.group()
def docs() -> None:
    """The parts of the documentation that are made from the code."""


@docs.command("write")
def write_docs() -> None:
    """Write the reference of component types (docs/reference/components) anew."""
    from studio.definition.components import documentation

    folder = Path(__file__).parents[1] / "docs" / "reference" / "components"
    folder.mkdir(parents=True, exist_ok=True)
    pages = documentation.pages()
    for stale in folder.glob("*.md"):
        if stale.name not in pages:
            stale.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(pages)} pages in {folder}")


@cli.group(cls=_Elsewhere, module="studio.features.data_models.command_line")
def model() -> None:
    """Data models: bring in an XSD, take one along, look for mistakes.

    APP is a folder, or org/app in Studio.
    """


@cli.group()
def lists() -> None:
    """The option lists that all apps can choose: countries, municipalities, and so on."""


@lists.command("refresh")
@click.argument("names", nargs=-1, type=_ListName())
def refresh_lists(names: tuple[str, ...]) -> None:
    """Fetch lists anew from Statistics Norway (all that can be, or those named); they count at once."""
    from studio.runtime import refreshing_lists

    folder, day = read_settings(os.environ).lists, _now().date()
    for name in names or refreshing_lists.REFRESHABLE:
        try:
            count = refreshing_lists.refresh(name, folder, day, refreshing_lists.fetcher())
        except refreshing_lists.NotRefreshed as error:
            raise _Refused(f"{name} was not fetched, and is as it was. {error}") from error
        click.echo(f"{name}: {count} codes, as of {day.isoformat()}.")


@cli.group()
def translations() -> None:
    """The interface in other languages."""


@translations.command("compile")
def compile_translations() -> None:
    """Merge the .po files of all rooms into what Studio reads."""
    from studio.web import catalogue

    catalogue.compile_catalogues()


@translations.command("check")
def check_translations() -> None:
    """Name every sentence that lacks a translation; exit code 1 where there is one."""
    from studio.web import catalogue

    problems = catalogue.problems()
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


@translations.command("extract")
def extract_translations() -> None:
    """List every sentence of the interface and where it stands."""
    from studio.web import catalogue

    for use in catalogue.uses():
        click.echo(f"{use.place}: {use.msgid!r}")
