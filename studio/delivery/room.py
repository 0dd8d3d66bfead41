"""What delivery works with: environments, repositories, the store of releases, a door to each runtime."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environments
from studio.jobs.worker import Worker
from studio.runtime.bundles import BundleStore
from studio.web.parts import Part

if TYPE_CHECKING:
    from studio.history.repositories import Repositories


@dataclass(frozen=True, slots=True)
class Delivery:
    """The values of this installation."""

    environments: Environments
    repositories: "Repositories"
    store: BundleStore  # the bundles of all releases, apart from Git: history may be rewritten, a release not
    clients: Mapping[str, ManagementClient]
    worker: Worker


delivery: "Part[Delivery]" = Part("delivery")
