"""Asks PyPI's list of known weaknesses about what the program is made of: `python -m tests.audited`, or `make audit`.

It fails where one is known. Where the list cannot be reached, or knows nothing of a package, it says so and fails not:
being without a network is no weakness, and must not look like there is none either.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PINNED = Path(__file__).parent.parent / "requirements" / "runtime.txt"
SECONDS = 300


def main(*more: str) -> int:
    """Ask, and tell; the exit status. `more` are options of pip-audit."""
    try:
        answer = _asked(*more)
    except (OSError, subprocess.TimeoutExpired, ValueError) as trouble:
        print(f"audit: the list of known weaknesses could not be reached, so nothing was looked at ({trouble})")
        return 0
    says, bad = verdict(answer)
    print("\n".join(says))
    return bad


def verdict(answer: dict[str, Any]) -> tuple[list[str], int]:
    """What is to be told of pip-audit's answer, and the exit status."""
    packages = answer["dependencies"]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    looked = [each for each in packages if "skip_reason" not in each]
    found = [
        f"audit: {each['name']} {each['version']}: {weak['id']}, mended in {', '.join(weak['fix_versions'])}"
        for each in looked
        for weak in each["vulns"]
    ]
    says = [f"audit: {len(looked)} of {len(packages)} packages were looked up, {len(found)} known weaknesses"]
    if packages and not looked:
        return ["audit: the list of known weaknesses could not be reached: NOTHING was looked up"], 0
    if skipped:
        says.append(f"audit: NOT looked up, for the list does not answer for them here: {', '.join(sorted(skipped))}")
    return says + found, 1 if found else 0


def _asked(*more: str) -> dict[str, Any]:
    """pip-audit's answer in JSON; ValueError where it gives none."""
    program = Path(sys.executable).with_name("pip-audit")
    options = ["--format", "json", "--progress-spinner", "off", "--disable-pip", "--require-hashes", "-r", str(PINNED)]
    done = subprocess.run([program, *options, *more], capture_output=True, text=True, timeout=SECONDS, check=False)
    if not done.stdout.strip():
        raise ValueError((done.stderr.strip().splitlines() or ["no answer"])[-1])
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


if __name__ == "__main__":
    sys.exit(main())
