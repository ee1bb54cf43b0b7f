"""The audit fails on what is known to be weak, and says what it could not look up."""

from tests.audited import verdict

WEAK = {"id": "PYSEC-2027-1", "fix_versions": ["2.0"]}


def test_a_known_weakness_fails_and_is_named() -> None:
    says, status = verdict({"dependencies": [{"name": "old", "version": "1.0", "vulns": [WEAK]}]})
    assert (says[1:], status) == (["audit: old 1.0: PYSEC-2027-1, mended in 2.0"], 1)


def test_what_is_not_known_to_be_weak_passes() -> None:
    says, status = verdict({"dependencies": [{"name": "new", "version": "2.0", "vulns": []}]})
    assert (says, status) == (["audit: 1 of 1 packages were looked up, 0 known weaknesses"], 0)


def test_where_nothing_could_be_looked_up_it_is_said_and_does_not_fail() -> None:
    says, status = verdict({"dependencies": [{"name": "odd", "skip_reason": "not found"}]})
    assert (says, status) == (["audit: the list of known weaknesses could not be reached: NOTHING was looked up"], 0)


def test_what_was_not_looked_up_is_said_and_does_not_fail() -> None:
    good = {"name": "new", "version": "2.0", "vulns": []}
    says, status = verdict({"dependencies": [good, {"name": "odd", "skip_reason": "not found"}]})
    assert (says[1:], status) == (["audit: NOT looked up, for the list does not answer for them here: odd"], 0)
