"""Forgetting: what may be kept no longer, and what somebody asks to be erased; nothing of both comes back."""

from openspaces.intake.forgetting.keeper import Keeper, forget_now
from openspaces.intake.forgetting.person import erase, erase_again, of_mailbox
from openspaces.intake.forgetting.traces import remove_traces

__all__ = ["Keeper", "erase", "erase_again", "forget_now", "of_mailbox", "remove_traces"]
