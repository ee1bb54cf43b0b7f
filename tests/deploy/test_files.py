"""The other files of deploy/: units that systemd understands, and containers that have all they name."""

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.deployed import DEPLOY
from tests.servers import ROOT

UNITS = sorted(path.name for path in (DEPLOY / "systemd").iterdir() if path.suffix in (".service", ".target"))
PROGRAM = "/opt/openspaces/.venv/bin/openspaces"


def compose() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((DEPLOY / "compose" / "compose.yaml").read_text())
    return read


def verified(place: Path) -> str:
    """What systemd has against the units in a directory; nothing if they are right."""
    command = ["systemd-analyze", "verify", "--man=no", *(str(place / name) for name in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, env={"SYSTEMD_UNIT_PATH": f"{place}:"})
    return "\n".join(line for line in done.stderr.splitlines() if "openspaces" in line)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units, with the program where it is here."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd here")
    for name in UNITS:
        text = (DEPLOY / "systemd" / name).read_text()
        (tmp_path / name).write_text(text.replace(PROGRAM, str(Path(sys.executable).with_name("openspaces"))))
    return tmp_path


def test_systemd_understands_every_line(units: Path) -> None:
    assert UNITS == ["openspaces-work.service", "openspaces.target", "openspaces@.service"]
    assert verified(units) == ""


def test_control_systemd_finds_a_line_that_is_wrong(units: Path) -> None:
    unit = units / "openspaces-work.service"
    unit.write_text(unit.read_text().replace("ProtectSystem=strict", "ProtectSystem=sometimes"))
    assert "sometimes" in verified(units)


def test_the_units_start_what_the_program_knows() -> None:
    started = [line.split()[1:] for name in UNITS for line in commands(name)]
    for typed in started:
        command = [str(Path(sys.executable).with_name("openspaces")), *(word.replace("%i", "8001") for word in typed)]
        done = subprocess.run([*command, "--help"], capture_output=True, text=True)
        assert (done.returncode, done.stderr) == (0, "")
    assert [typed[0] for typed in started] == ["work", "run"]


def commands(name: str) -> list[str]:
    return re.findall("^ExecStart=(.*)$", (DEPLOY / "systemd" / name).read_text(), re.MULTILINE)


def test_every_image_has_a_tag_and_is_asked_for_by_its_name_alone() -> None:
    images = [service["image"] for service in compose()["services"].values()]
    images += re.findall("^FROM (.*)$", (DEPLOY / "compose" / "Dockerfile").read_text(), re.MULTILINE)
    assert [image for image in images if not re.fullmatch(r"[a-z]+:[\w.-]+", image) or "latest" in image] == []


def test_what_is_mounted_and_copied_is_there() -> None:
    mounted = [mount for service in compose()["services"].values() for mount in service.get("volumes", ())]
    places = [DEPLOY / "compose" / mount.partition(":")[0] for mount in mounted if mount.startswith(".")]
    copied = re.findall("^COPY (.*) [^ ]*$", (DEPLOY / "compose" / "Dockerfile").read_text(), re.MULTILINE)
    places += [ROOT / name for names in copied for name in names.split()]
    assert len(places) == 8
    assert [place for place in places if not place.exists()] == []


def test_every_setting_in_the_files_is_one_of_ours() -> None:
    told = (ROOT / "docs" / "running.md").read_text()
    said = "".join(path.read_text() for path in DEPLOY.rglob("*") if path.is_file())
    assert [name for name in {*re.findall("OPENSPACES_[A-Z_]+", said)} if f"`{name}`" not in told] == []


def test_nginx_says_no_header_that_the_program_says() -> None:
    said = "".join(path.read_text() for path in sorted((DEPLOY / "nginx").glob("*.conf")))
    assert re.findall(r"add_header (\S+)", said) == ["Retry-After", "Cache-Control"]


def test_what_the_program_keeps_is_kept_for_all_containers_of_it() -> None:
    """The list of erasures and what a restore took the place of must be there when a container is made anew."""
    services, named = compose()["services"], compose()["volumes"]
    of_program = [service for service in services.values() if service["image"] == "openspaces:local"]
    assert [service["volumes"] for service in of_program] == [["data:/data"]] * 3
    assert sorted(named) == ["data", "database"]


def test_nginx_proxies_to_every_process_of_the_containers() -> None:
    processes = (DEPLOY / "compose" / "processes.conf").read_text()
    served = {f"{name}:8000" for name in compose()["services"] if name.startswith("web-")}
    assert {*re.findall(r"^    server (\S+)", processes, re.MULTILINE)} == served


def test_the_proxy_of_the_containers_is_the_one_that_is_believed() -> None:
    services = compose()["services"]
    address = services["nginx"]["networks"]["default"]["ipv4_address"]
    assert services["web-1"]["environment"]["OPENSPACES_PROXIES"] == address


def test_the_containers_nginx_differs_from_the_other_only_in_its_user_and_log() -> None:
    def directives(path: Path) -> list[str]:
        return [line for line in path.read_text().splitlines() if not line.startswith("#")]

    one, other = directives(DEPLOY / "nginx" / "nginx.conf"), directives(DEPLOY / "compose" / "nginx.conf")
    differs = [(old.split()[0], new.split()[0]) for old, new in zip(one, other, strict=True) if old != new]
    assert differs == [("user", "user"), ("error_log", "error_log")]
