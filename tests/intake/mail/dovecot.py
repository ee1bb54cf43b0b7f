"""A real Dovecot on loopback with one user, in a directory of the test's, stopped at the end."""

import grp
import imaplib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import free_port

USER, PASSWORD = "board@example.org", "pass/word 1"
START_SECONDS = 20.0
CONFIG = """
base_dir = {home}/run
state_dir = {home}/state
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{home}/mail
first_valid_uid = 0
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """The server: it can be stopped and started again, and letters be put into its mailbox."""

    home: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until somebody can sign in."""
        command = [shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", str(self.home / "conf")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        give_up = time.monotonic() + START_SECONDS
        while True:
            try:
                self.box().logout()
                return
            except (OSError, imaplib.IMAP4.error) as trouble:
                if time.monotonic() > give_up or self.process.poll() is not None:
                    log = self.home / "log"
                    raise AssertionError(log.read_text() if log.exists() else "no log") from trouble
                time.sleep(0.1)

    def stop(self) -> None:
        """Stop it."""
        if self.process:
            self.process.terminate()
            self.process.wait(START_SECONDS)
            self.process = None

    def box(self) -> imaplib.IMAP4:
        """The mailbox, as any program sees it."""
        box = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        box.login(USER, PASSWORD)
        return box

    def put(self, *letters: bytes) -> None:
        """Put letters into the inbox, unread."""
        box = self.box()
        for letter in letters:
            box.append("INBOX", "", imaplib.Time2Internaldate(time.time()), letter)
        box.logout()

    def unread(self, folder: str = "INBOX") -> int:
        """How many letters of a folder nobody has read."""
        box = self.box()
        box.select(folder, readonly=True)
        found = box.search(None, "UNSEEN")[1][0].split()
        box.logout()
        return len(found)

    def count(self, folder: str) -> int:
        """How many letters there are in a folder."""
        box = self.box()
        found = int(box.select(folder, readonly=True)[1][0] or 0)
        box.logout()
        return found


@contextmanager
def dovecot(home: Path) -> Iterator[Dovecot]:
    """A server with an empty inbox and a folder `Read`."""
    server = Dovecot(home)
    me = pwd.getpwuid(os.getuid())
    user = "dovecot" if me.pw_uid == 0 else me.pw_name
    group = "dovecot" if me.pw_uid == 0 else grp.getgrgid(me.pw_gid).gr_name
    mail = pwd.getpwnam("nobody") if me.pw_uid == 0 else me
    for name in ("run", "state", "mail"):
        (home / name).mkdir()
    os.chown(home / "mail", mail.pw_uid, mail.pw_gid)
    (home / "users").write_text(f"{USER}:{{PLAIN}}{PASSWORD}\n")
    ours = {"user": user, "group": group, "uid": mail.pw_uid, "gid": mail.pw_gid}
    (home / "conf").write_text(CONFIG.format(home=home, port=server.port, **ours))
    try:
        server.start()
        box = server.box()
        box.create("Read")
        box.logout()
        yield server
    finally:
        server.stop()
