"""The program as an organiser runs it: `openspaces run --smtp` takes the planned session of PyCon US as a real mail."""

import smtplib
import socket
from pathlib import Path

import httpx
from tests.intake.mail.letters import ADDRESS, EVENT, EXAMPLES, LINE, letter
from tests.servers import Installation, free_port, run

PLANNED = letter(LINE, "Planned Open Space", "Open Teams <teams@example.org>")


def bare_event(file: Path) -> Path:
    """The file of PyCon US 2022 without the cards in it."""
    text = (EXAMPLES / f"{EVENT}.toml").read_text(encoding="utf-8")
    file.write_text(text.partition("[[planned]]")[0], encoding="utf-8")
    return file


def send(port: int, *, lmtp: bool = False) -> dict[str, tuple[int, bytes]]:
    """Hand the planned session over, as a mail server does."""
    kind = smtplib.LMTP if lmtp else smtplib.SMTP
    with kind("127.0.0.1", port) as server:
        return server.sendmail("teams@example.org", [ADDRESS], PLANNED)


def test_a_letter_is_on_the_list_after_a_facilitators_tap(tmp_path: Path) -> None:
    home = Installation(tmp_path / "data")
    staff = {"Authorization": f"Bearer {home.plan(bare_event(tmp_path / 'event.toml'))['token']}"}
    smtp, lmtp = free_port(), free_port()
    server = run(home, "--smtp", str(smtp), "--lmtp", str(lmtp))
    try:
        with httpx.Client(base_url=f"{server.address}/api/{EVENT}", timeout=30) as api:
            assert (send(smtp), send(lmtp, lmtp=True)) == ({}, {})
            (held,) = api.get("board").json()["cards"]
            assert held["title"] == "[…]"
            assert api.put(f"cards/{held['code']}/approval", headers=staff).status_code == 200
            (card,) = api.get("board").json()["cards"]
    finally:
        server.stop()
    assert (card["title"], card["host"], card["stage"]) == ("Open Teams Incubator", "Open Teams", "planned")
    assert server.process.returncode == 0
    assert Installation(home.data, event=EVENT).check() == 0


def test_a_port_for_mail_that_is_taken_is_told(tmp_path: Path) -> None:
    home = Installation(tmp_path / "data")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = home.program("run", "--port", str(free_port()), "--smtp", str(taken.getsockname()[1]))
    assert done.returncode == 1
