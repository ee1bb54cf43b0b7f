"""Webhooks: every change as it happens, in JSON and signed, to a program of somebody's. See docs/hooks.md."""

from openspaces.outlets.webhook.outlet import WEBHOOK

__all__ = ["WEBHOOK"]
