"""The command line: `studio …` or `python -m studio …`."""

import gc
import os
import sys
import zipfile
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Final

import click
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from studio import create_app, create_runtime, demo, load
from studio.accounts.passwords import Passwords
from studio.accounts.service import add_person, organisation_named, person_named, set_password
from studio.config import ENVIRONMENTS, BadSetting, Settings, read_settings
from studio.database import engine_options
from studio.database.clock import now
from studio.database.migrations import migrate
from studio.definition.components import documentation
from studio.definition.errors import DomainError
from studio.features.data_models.command_line import model
from studio.history.commits import Author
from studio.history.importing.apps import from_git_url, import_app
from studio.history.repositories import Repositories
from studio.runtime import refreshing_lists
from studio.runtime.handoff import OwnerPass, sign
from studio.supervisor import CannotStart, Service, Supervisor, check_ports
from studio.web import catalogue

USAGE_ERROR: Final = 2
_HERE: Final = {"127.0.0.1", "::1", "localhost"}


class _Refused(click.ClickException):
    exit_code = USAGE_ERROR


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def cli(context: click.Context) -> None:
    """A designer and a runtime for digital public services."""
    # What commands outside this module open Studio's repositories with: they are not told the settings.
    context.obj = _repositories


def _repositories() -> Repositories:
    return Repositories(read_settings(os.environ).repositories)


def main() -> None:
    """The program. Known problems end in one clear sentence and exit code 2, without a stack trace."""
    try:
        cli(prog_name="studio")
    except (BadSetting, CannotStart, DomainError) as problem:
        click.echo(str(problem), err=True)
        sys.exit(USAGE_ERROR)


@cli.command()
def serve() -> None:
    """Serve Studio, the test environment and the production environment on this machine."""
    settings = _settings_for_serving()
    services = _services(settings)
    check_ports(services)
    click.echo("Starting …")
    made_demo = _prepare(settings)
    load()
    _keep_what_is_loaded()
    try:
        with Supervisor(services, partial(click.echo, err=True)) as supervisor:
            _welcome(settings, made_demo)
            supervisor.watch()
            click.echo("Stopping …")
    except KeyboardInterrupt:
        click.echo("Stopping …")  # told to stop before everything was up


def _keep_what_is_loaded() -> None:
    """Spare the processes that are forked from this one the search for garbage among what they begin with.

    A definition of a thousand components is many small objects that stay: looking through all of them
    as often as Python does by itself would take a third of the time of an edit.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 20)


def _settings_for_serving() -> Settings:
    """On one's own machine, production has a sign-in for trying out; elsewhere it must have been chosen."""
    environ = dict(os.environ)
    if (environ.get("STUDIO_HOST") or "127.0.0.1") in _HERE:
        environ.setdefault("STUDIO_PRODUCTION_SIGN_IN", "local-demo")
    settings = read_settings(environ)
    if not settings.environment("production").sign_in:
        raise CannotStart(
            "The production environment has no sign-in. Choose one with STUDIO_PRODUCTION_SIGN_IN; "
            "the built-in local-demo is only for trying out on your own machine."
        )
    return settings


def _services(settings: Settings) -> list[Service]:
    studio = Service(
        name="Studio",
        host=settings.host,
        port=settings.port,
        port_setting="STUDIO_PORT",
        make=partial(create_app, settings),
        workers=settings.workers,
        threads=128,  # Git clients wait for their turn in some of them
    )
    runtimes = [
        Service(
            name=f"the {environment.name} environment",
            host=settings.host,
            port=environment.port,
            port_setting=f"STUDIO_{environment.name.upper()}_PORT",
            make=partial(create_runtime, settings, environment.name),
            workers=settings.workers,
        )
        for environment in settings.environments
    ]
    return [studio, *runtimes]


def _prepare(settings: Settings) -> bool:
    """Migrate the databases; make demo people and an app on the first start; true if they are there."""
    _migrate(settings)
    with _session(settings) as session:
        made = demo.create_demo(session, Passwords(), now())
        session.commit()
        if made:
            demo.create_gallery(Repositories(settings.repositories), now())
        return demo.is_there(session)


def _migrate(settings: Settings) -> None:
    migrate(settings.database_url, "studio")
    for environment in settings.environments:
        migrate(environment.database_url, "runtime")


def _session(settings: Settings) -> Session:
    return Session(create_engine(settings.database_url, **engine_options(settings.database_url)))


def _welcome(settings: Settings, with_demo: bool) -> None:
    places = {"Studio": settings.origin} | {
        f"{environment.name.capitalize()} environment": environment.origin
        for environment in settings.environments
    }
    click.echo()
    for name, origin in places.items():
        click.echo(f"  {name:<24}{origin}")
    if with_demo:
        click.echo(f"\n  Sign in with the password {demo.PASSWORD} as")
        for person in demo.PEOPLE:
            click.echo(f"  {person.user_name:<8}{person.name:<16}{person.what}")
    click.echo("\n  Stop with Ctrl+C.")


@cli.command("import")
@click.argument("source")
@click.option("--org", required=True, help="Short name of the organisation.")
@click.option("--name", required=True, help="Name of the new app: small letters, digits, dashes.")
@click.option("--by", default="studio", show_default=True, help="Name of whoever the commit is by.")
@click.option("--email", default="studio@localhost", show_default=True)
def import_from(source: str, org: str, name: str, by: str, email: str) -> None:
    """Make an app from SOURCE: a folder, a zip file, or the address of a Git repository."""
    settings = read_settings(os.environ)
    migrate(settings.database_url, "studio")
    with _session(settings) as session:
        organisation_named(session, org)
    repositories = Repositories(settings.repositories)
    if "://" in source:
        from_git_url(repositories, source, org, name)
    elif Path(source).exists():
        import_app(repositories, Path(source), org, name, Author(by, email), now())
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
    settings = read_settings(os.environ)
    migrate(settings.database_url, "studio")
    with _session(settings) as session:
        person = add_person(
            session,
            Passwords(),
            user_name=user_name,
            name=name,
            email=email,
            password=password,
            now=now(),
            administrator=administrator,
        )
        session.commit()
        click.echo(f"{person.name} can sign in as {person.user_name}.")


@people.command("password")
@click.argument("user_name")
@click.password_option()
def change_password(user_name: str, password: str) -> None:
    """Give somebody a new password; it ends all their sessions."""
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
    folder = Path(__file__).parents[1] / "docs" / "reference" / "components"
    folder.mkdir(parents=True, exist_ok=True)
    pages = documentation.pages()
    for stale in folder.glob("*.md"):
        if stale.name not in pages:
            stale.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(pages)} pages in {folder}")


cli.add_command(model)


@cli.group()
def lists() -> None:
    """The option lists that all apps can choose: countries, municipalities, and so on."""


@lists.command("refresh")
@click.argument("names", nargs=-1, type=click.Choice(refreshing_lists.REFRESHABLE))
def refresh_lists(names: tuple[str, ...]) -> None:
    """Fetch lists anew from Statistics Norway (all that can be, or those named); they count at once."""
    folder, day = read_settings(os.environ).lists, now().date()
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
    catalogue.compile_catalogues()


@translations.command("check")
def check_translations() -> None:
    """Name every sentence that lacks a translation; exit code 1 where there is one."""
    problems = catalogue.problems()
    for problem in problems:
        click.echo(problem)
    sys.exit(1 if problems else 0)


@translations.command("extract")
def extract_translations() -> None:
    """List every sentence of the interface and where it stands."""
    for use in catalogue.uses():
        click.echo(f"{use.place}: {use.msgid!r}")
