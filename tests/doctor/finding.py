"""What the doctor found, as tests look at it."""

from collections.abc import Iterator

from openspaces.doctor.finding import Finding


def levels(findings: Iterator[Finding]) -> list[tuple[str, str]]:
    """How bad each is, and the beginning of what it says."""
    return [(found.level.value, found.says) for found in findings]


def only_one(findings: Iterator[Finding]) -> tuple[str, str]:
    """The same of the only finding."""
    (found,) = levels(findings)
    return found
