"""Build, deploy, promote, roll back, take out of use."""

from studio.features.deploys.views import bp

__all__ = ["bp"]
