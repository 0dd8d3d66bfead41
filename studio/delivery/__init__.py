"""Releases, environments and deployments.

A release is an app at one commit, as a bundle by content; a deployment puts it into an environment.
"""
