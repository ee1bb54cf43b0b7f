"""Load by wrk, from a core of its own, as a phone asks that takes gzip."""

import re
import subprocess

import httpx

from bench.ours import LOAD_CORE

SECONDS = 2
CONNECTIONS = 32
HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "en-GB,en;q=0.7", "Accept": "text/html,image/png"}


def rate(address: str, known: bool, seconds: int = SECONDS) -> float:
    """Answers a second; 304s if the asker knows the page already. RuntimeError if an answer is not what was meant."""
    headers = dict(HEADERS)
    if known:
        headers["If-None-Match"] = httpx.get(address, headers=headers).headers["etag"]
    status = httpx.get(address, headers=headers).status_code
    if status != (304 if known else 200):
        raise RuntimeError(f"{address} answers {status}")
    said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *said, address]
    told = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    if "Non-2xx" in told:
        raise RuntimeError(told)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])
