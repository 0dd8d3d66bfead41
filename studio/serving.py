"""`studio serve`: Studio and its runtimes, made ready for one another so that all of them answer soon.

Every process is forked from this one, and shares the memory of what was loaded before. The runtimes come
first: all that they load Studio needs as well, and they have nothing of its screens.
"""

# ruff: noqa: PLC0415 - what takes long is imported once the start has been said

import gc
from collections.abc import Callable
from functools import partial
from importlib import import_module

import click

from studio import FEATURES, create_app, create_runtime
from studio.config import Settings
from studio.supervisor import Service, Supervisor, check_ports


def serve(settings: Settings) -> None:
    """Serve until told to stop. Raises CannotStart."""
    services = _services(settings)
    check_ports(services)
    click.echo("Starting …")
    gc.set_threshold(20_000, 10, 20)  # see _loaded
    try:
        with Supervisor(services, partial(click.echo, err=True)) as supervisor:
            _welcome(settings)
            supervisor.watch()
            click.echo("Stopping …")
    except KeyboardInterrupt:
        click.echo("Stopping …")  # told to stop before everything was up


def _services(settings: Settings) -> list[Service]:
    runtimes = [
        Service(
            name=f"the {environment.name} environment",
            host=settings.host,
            port=environment.port,
            port_setting=f"STUDIO_{environment.name.upper()}_PORT",
            make=partial(create_runtime, settings, environment.name),
            ready=partial(_loaded, load_runtime),
            workers=settings.workers,
        )
        for environment in settings.environments
    ]
    studio = Service(
        name="Studio",
        host=settings.host,
        port=settings.port,
        port_setting="STUDIO_PORT",
        make=partial(create_app, settings),
        ready=partial(_loaded, partial(_load_studio, settings)),
        workers=settings.workers,
        threads=128,  # Git clients wait for their turn in some of them
    )
    return [*runtimes, studio]


def _loaded(load: Callable[[], None]) -> None:
    """Load, and spare the processes that are forked from now on the search for garbage among what is there.

    Modules and a definition of a thousand components are many small objects that stay: to look through them
    as often as Python does by itself would take a fifth of the start, and a third of the time of an edit.
    """
    gc.disable()
    load()
    gc.freeze()
    gc.enable()


def load_runtime() -> None:
    import_module("studio.runtime.install")


def _load_studio(settings: Settings) -> None:
    for name in FEATURES:
        import_module(f"studio.features.{name}")
    _make_demo(settings)


def _make_demo(settings: Settings) -> None:
    """Migrate Studio's database; make demo people and an app on the first start."""
    from studio import demo
    from studio.accounts.passwords import Passwords
    from studio.database import session_outside_requests
    from studio.database.clock import now
    from studio.database.migrations import migrate
    from studio.history.repositories import Repositories

    migrate(settings.database_url, "studio")
    with session_outside_requests(settings.database_url) as session:
        made = demo.create_demo(session, Passwords(), now())
        session.commit()
    if made:
        demo.create_gallery(Repositories(settings.repositories), now())


def _welcome(settings: Settings) -> None:
    from studio import demo
    from studio.database import session_outside_requests

    places = {"Studio": settings.origin} | {
        f"{environment.name.capitalize()} environment": environment.origin
        for environment in settings.environments
    }
    click.echo()
    for name, origin in places.items():
        click.echo(f"  {name:<24}{origin}")
    with session_outside_requests(settings.database_url) as session:
        with_demo = demo.is_there(session)
    if with_demo:
        click.echo(f"\n  Sign in with the password {demo.PASSWORD} as")
        for person in demo.PEOPLE:
            click.echo(f"  {person.user_name:<8}{person.name:<16}{person.what}")
    click.echo("\n  Stop with Ctrl+C.")
