"""Forgetting: what may be kept no longer, and what somebody asks to be erased; nothing of both comes back."""

from openspaces.intake.forgetting.due import forget
from openspaces.intake.forgetting.keeper import Keeper
from openspaces.intake.forgetting.person import erase, erase_again, of_mailbox
from openspaces.intake.forgetting.traces import remove_traces

__all__ = ["Keeper", "erase", "erase_again", "forget", "of_mailbox", "remove_traces"]
