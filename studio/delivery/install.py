"""Delivery for Studio's Flask application."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment, Environments
from studio.delivery.problems import AlreadyDeploying, DeliveryProblem
from studio.delivery.room import Delivery, delivery
from studio.delivery.work import DeploymentWork
from studio.jobs.worker import Worker
from studio.runtime.bundles import BundleStore
from studio.web.errors import answer_with

if TYPE_CHECKING:
    from studio.history.repositories import Repositories


def install_delivery(
    app: Flask, environments: Sequence[Environment], repositories: "Repositories", releases_at: Path | str
) -> Delivery:
    """Hand `app` what delivery works with. `releases_at` is a folder or the URL of an object store.

    Nothing runs yet: threads come when there is a deployment, and go when there is none left.
    """
    there = make_delivery(app, environments, repositories, releases_at)
    delivery.give(app, there)
    answer_with(app, AlreadyDeploying, 409)
    answer_with(app, DeliveryProblem, 502)
    return there


def make_delivery(
    app: Flask, environments: Sequence[Environment], repositories: "Repositories", releases_at: Path | str
) -> Delivery:
    """What `install_delivery` hands out."""
    return Delivery(
        environments=Environments(environments),
        repositories=repositories,
        store=BundleStore.at(releases_at),
        clients={each.name: ManagementClient(each) for each in environments},
        worker=Worker(DeploymentWork(app)),
    )
