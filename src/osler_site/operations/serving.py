"""Starting the server: prepare the database, say where to look, then serve."""

from __future__ import annotations

import os
import socket

import click
import uvicorn


def run(host: str, port: int, workers: int | None) -> None:
    """Prepare the site and serve it until interrupted."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler_site.settings")
    listening = socket.create_server((host, port), backlog=2048)
    bound = listening.getsockname()[1]
    listening.close()
    prepare()
    click.echo(f"serving http://{host}:{bound}/ · stop with Ctrl-C")
    uvicorn.run(
        "osler_site.asgi:application",
        host=host,
        port=bound,
        workers=workers or os.cpu_count() or 1,
        lifespan="off",
        access_log=False,
        proxy_headers=False,  # the site resolves them itself: uvicorn would believe any local peer
        log_config=None,
        timeout_graceful_shutdown=10,
    )


def prepare() -> None:
    """Bring the database to this version's shape and make the first pages and articles."""
    import django

    django.setup()
    from django.core.management import call_command

    from osler_site.environment import environment
    from osler_site.operations.bootstrap import bootstrap
    from osler_site.operations.static_names import collect

    environment().site_data.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    bootstrap()
    collect()
