"""Run a command with a PostgreSQL of its own: `python tools/with_postgresql.py pytest tests/site`.

A cluster is made in a temporary folder, listens on loopback alone, is named to the command by
$OSLER_TEST_DATABASE_URL and is gone afterwards. Where no PostgreSQL is installed, that is said and
the command is not run; with CI set, that is a failure. PostgreSQL refuses to run as root, so that
as root another user runs it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "no PostgreSQL is installed (apt-get install postgresql)"
_USERS = ("postgres", "nobody")  # who runs it for root


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: on PATH, or where Debian puts them, the newest first."""
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return versions[-1].parent if versions else None


def _version(path: Path) -> int:
    name = path.parts[-3]
    return int(name) if name.isdecimal() else 0


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """A cluster as long as it is needed; its address."""
    with tempfile.TemporaryDirectory(prefix="osler-pg-") as temporary:
        folder = Path(temporary)
        folder.chmod(0o755)
        with _cluster(folder, programs) as address:
            yield address


@contextmanager
def _cluster(folder: Path, programs: Path) -> Iterator[str]:
    """A running cluster in an empty folder; its address."""
    user = _another_user(folder)
    data, log = folder / "data", folder / "log"
    port = _free_port()

    def run(program: str, *arguments: str) -> None:
        done = subprocess.run(
            [programs / program, "-D", str(data), *arguments],
            user=user,
            group=pwd.getpwnam(user).pw_gid if user else None,
            extra_groups=[] if user else None,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            timeout=120,
            check=False,
        )
        if done.returncode:
            written = log.read_text("utf-8") if log.exists() else ""
            raise SystemExit(f"{program} failed: {done.stderr}{written}")

    run("initdb", "--username=osler", "--auth=trust", "--encoding=UTF8", "--no-sync")
    # What it holds is thrown away: it need not survive a power cut.
    options = (
        f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} "
        "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
    )
    run("pg_ctl", "-w", "-l", str(log), "-o", options, "start")
    try:
        yield f"postgres://osler@127.0.0.1:{port}/postgres"
    finally:
        run("pg_ctl", "-w", "-m", "immediate", "stop")


def _another_user(folder: Path) -> str | None:
    """As root: hand the folder to a user that PostgreSQL runs as."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in _USERS if name in known), None)
    if user is None:
        raise SystemExit(f"PostgreSQL does not run as root, and there is no user {_USERS[0]}")
    shutil.chown(folder, user)
    return user


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def main() -> int:
    """Run the command of the command line; its exit status."""
    found = programs()
    if found is None:
        print(f"not run on PostgreSQL: {MISSING}", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    with running(found) as address:
        named = {**os.environ, "OSLER_TEST_DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], env=named, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
