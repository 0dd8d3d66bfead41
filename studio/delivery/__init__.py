"""Releases, environments and deployments.

A release is an app at one commit, as a bundle by content; a deployment puts it into an environment.
"""

from studio.delivery.deployments import EnvironmentStatus, status
from studio.delivery.environments import Environment, Environments
from studio.delivery.previews import push_preview
from studio.delivery.room import Delivery, delivery

__all__ = [
    "Delivery",
    "Environment",
    "EnvironmentStatus",
    "Environments",
    "delivery",
    "push_preview",
    "status",
]
