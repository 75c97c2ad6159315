"""The ASGI application: `uvicorn osler_site.asgi:application`."""

from __future__ import annotations

import gc
import logging
import os

from django.core.asgi import get_asgi_application

from osler_site.operations.bodies import limited
from osler_site.operations.parent import end_with_supervisor


def _warm() -> None:
    """Load what the first requests would wait for, before this worker takes any."""
    from django.urls import get_resolver

    from osler.answering import warm_up
    from osler.domain.errors import LibraryError
    from osler_site.answers.writer import site_writer
    from osler_site.cds_hooks.services import services
    from osler_site.engine import engine

    _ = get_resolver().url_patterns  # every view, and what it needs
    try:
        warm_up(engine().library())
        services()
    except LibraryError:
        logging.getLogger(__name__).exception("there is no library to answer from yet")
    site_writer()
    gc.collect()
    gc.freeze()  # what stays for good is not looked through again, in the midst of an answer


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osler_site.settings")
end_with_supervisor()
application = limited(get_asgi_application())
_warm()
