"""Studio and its runtimes as child processes: started together, watched, and ended together."""

import http.client
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, Final, Self

from granian import Granian
from granian.constants import Interfaces

Say = Callable[[str], None]

_HEALTHY_WITHIN: Final = 30.0  # seconds from the start of a child to its first answer
_END_WITHIN: Final = 5.0  # seconds that a child is given to finish what it is doing
_LONGEST_WAIT: Final = 30.0  # seconds before a child that keeps dying is started again
_STEADY_AFTER: Final = 60.0  # seconds after which a child counts as having run well


class CannotStart(Exception):
    """The services cannot be started; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Service:
    """One WSGI application and where it is served."""

    name: str
    host: str
    port: int
    port_setting: str  # the environment variable by which people choose another port
    make: Callable[[], Any]
    # Done in the supervisor right before this is started for the first time: what it loads is there in all
    # processes of this service, and of those that come after it.
    ready: Callable[[], None] = lambda: None
    workers: int = 1
    threads: int = 16


@dataclass(slots=True)
class _Child:
    service: Service
    process: BaseProcess
    started: float
    wait: float = field(default=0.5)


def check_ports(services: Sequence[Service]) -> None:
    """Raises CannotStart, naming every port that something else listens on."""
    taken = [service for service in services if not _is_free(service.host, service.port)]
    if taken:
        raise CannotStart(
            "\n".join(
                f"Port {service.port} for {service.name} is taken. Stop what uses it, or choose another port "
                f"with {service.port_setting}."
                for service in taken
            )
        )


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class Supervisor:
    """Runs services until it is told to stop. A child that dies is started again, and it is said."""

    def __init__(self, services: Sequence[Service], say: Say) -> None:
        self._services = services
        self._say = say
        self._children: list[_Child] = []

    def __enter__(self) -> Self:
        """Start every service and wait until each answers. Raises CannotStart."""
        check_ports(self._services)
        # Also SIGINT: whoever starts this in the background of a shell hands down that it be ignored.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _interrupt)
        try:
            for service in self._services:
                service.ready()
                self._children.append(self._start(service))
            for child in self._children:
                self._wait_until_healthy(child)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def watch(self) -> None:
        """Start again what dies. Returns when the process is interrupted or told to terminate."""
        try:
            while True:
                # Not for ever: a signal that comes just before the wait begins is seen when the wait ends.
                wait([child.process.sentinel for child in self._children], timeout=1)
                for child in [each for each in self._children if not each.process.is_alive()]:
                    self._start_again(child)
        except KeyboardInterrupt:
            return

    def stop(self) -> None:
        """End every child: politely, and after a while without asking."""
        for child in self._children:
            child.process.terminate()
        deadline = time.monotonic() + _END_WITHIN
        for child in self._children:
            child.process.join(max(0.0, deadline - time.monotonic()))
            if child.process.is_alive():
                child.process.kill()
                child.process.join()
        self._children = []

    @property
    def processes(self) -> dict[str, int | None]:
        """The id of each service's process, by the service's name."""
        return {child.service.name: child.process.pid for child in self._children}

    def _start(self, service: Service) -> _Child:
        process = multiprocessing.Process(target=serve, args=(service, os.getpid()), name=service.name)
        process.start()
        return _Child(service, process, time.monotonic())

    def _start_again(self, dead: _Child) -> None:
        ran = time.monotonic() - dead.started
        pause = 0.5 if ran > _STEADY_AFTER else dead.wait
        self._say(
            f"{dead.service.name} stopped (exit code {dead.process.exitcode}). "
            f"Starting it again in {pause:g} s."
        )
        time.sleep(pause)
        child = self._start(dead.service)
        child.wait = min(pause * 2, _LONGEST_WAIT)
        self._children[self._children.index(dead)] = child

    def _wait_until_healthy(self, child: _Child) -> None:
        while time.monotonic() - child.started < _HEALTHY_WITHIN:
            if not child.process.is_alive():
                raise CannotStart(f"{child.service.name} ended while it was starting; the reason is above.")
            if answers(child.service.host, child.service.port):
                return
            time.sleep(0.02)
        raise CannotStart(f"{child.service.name} did not answer within {_HEALTHY_WITHIN:g} s.")


def answers(host: str, port: int) -> bool:
    """Whether the service there is up and says that it is well."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def serve(service: Service, parent: int) -> None:
    """Serve one application in this process until it is told to stop, or `parent` is gone."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # until the server sets its own
    end_with(parent)
    server = Granian(
        "studio",  # what is served comes from target_loader; this is its name only
        address=service.host,
        port=service.port,
        interface=Interfaces.WSGI,
        workers=service.workers,
        blocking_threads=service.threads,
        log_level="error",  # type: ignore[arg-type]  # an enumeration of strings
        workers_kill_timeout=2,  # open event streams never end by themselves
        process_name=None,
    )
    server.serve(target_loader=_Loader(service.make, os.getpid()), wrap_loader=False)


class _Loader:
    """Makes the application inside each worker, which ends when the server process is gone."""

    def __init__(self, make: Callable[[], Any], server: int) -> None:
        self._make = make
        self._server = server

    def __call__(self, *_target: object) -> Any:
        end_with(self._server)
        return self._make()


def end_with(parent: int) -> None:
    """End this process soon after its parent, also where the parent was killed and could not tell."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.25)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_END_WITHIN)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
