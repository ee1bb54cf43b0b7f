"""The audit fails on what is known to be weak, and says what it could not look up."""

import json
from collections.abc import Callable

import pytest
from tests.audited import main, verdict
from tests.endpoint import Came, Handler, endpoint, status
from tests.servers import free_port

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


# pip-audit itself, asking a list on loopback


def test_a_list_that_knows_a_weakness_fails_the_audit_and_names_it(capsys: pytest.CaptureFixture[str]) -> None:
    with endpoint(knows_of("django")) as there:
        assert main("--vulnerability-service", "osv", "--osv-url", there.address) == 1
    looked, found = capsys.readouterr().out.splitlines()
    assert looked.endswith("packages were looked up, 1 known weaknesses")
    assert found.startswith("audit: django ")
    assert found.endswith(": PYSEC-2027-1, mended in 99.0")


def test_without_a_network_it_is_said_that_nothing_was_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}"
    assert main("--vulnerability-service", "osv", "--osv-url", nowhere) == 0
    says = "audit: the list of known weaknesses could not be reached, so nothing was looked at ("
    assert capsys.readouterr().out.partition("(")[0] + "(" == says


def knows_of(name: str) -> Callable[[Handler, Came], None]:
    """A list that knows a weakness of one package, in the words of OSV."""
    package = {"name": name, "ecosystem": "PyPI"}
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}]
    weak = {"vulns": [{"id": "PYSEC-2027-1", "affected": [{"package": package, "ranges": ranges}]}]}

    def answer(handler: Handler, came: Came) -> None:
        known = json.loads(came.body)["package"]["name"] == name
        status(200, json.dumps(weak if known else {}).encode(), Connection="close")(handler, came)

    return answer
