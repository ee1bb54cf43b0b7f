"""Load by wrk, from a core of its own, as a phone asks that takes gzip."""

import re
import subprocess
from tempfile import NamedTemporaryFile

import httpx

from bench.ours import LOAD_CORE

SECONDS = 2
CONNECTIONS = 32
HEADERS = {
    "User-Agent": "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0",
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Accept-Language": "en-GB,en;q=0.7",
    "Accept-Encoding": "gzip",
    "Upgrade-Insecure-Requests": "1",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Site": "same-origin",
}
"""A phone's; gzip alone, so that all answer with as many bytes."""
COOKIES = """
local number = 0
request = function()
    number = number + 1
    wrk.headers["Cookie"] = "device=" .. number % 5000 .. "ffa04d0b8d1b4d6f9c2c8d5f0a6f7e1b"
    return wrk.format()
end
"""


def rate(address: str, known: bool, seconds: int = SECONDS, cookies: bool = False) -> float:
    """Answers a second; 304s if the asker knows the page already; to 5,000 phones, if they have cookies.

    RuntimeError if an answer is not what was meant.
    """
    headers = dict(HEADERS)
    if known:
        headers["If-None-Match"] = httpx.get(address, headers=headers).headers["etag"]
    status = httpx.get(address, headers=headers).status_code
    if status != (304 if known else 200):
        raise RuntimeError(f"{address} answers {status}")
    said = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    told = _run(address, seconds, said) if not cookies else _run_with(COOKIES, address, seconds, said)
    if "Non-2xx" in told:
        raise RuntimeError(told)
    return float(re.findall(r"Requests/sec:\s+([\d.]+)", told)[0])


def _run(address: str, seconds: int, said: list[str]) -> str:
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", *said, address]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _run_with(script: str, address: str, seconds: int, said: list[str]) -> str:
    with NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        return _run(address, seconds, [*said, "-s", file.name])
