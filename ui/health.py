"""The server's health address: whether it runs, reaches its store, and finds the tables of its own version there."""

import logging

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from ui.opened import health

ADDRESS = "/health"
_log = logging.getLogger(__name__)


async def answer(_request: Request) -> JSONResponse:
    """200 and what is ready, or 503 and what is not. Why not is written to the log: this address asks nobody who they
    are."""
    found = await run_in_threadpool(health)
    if not found.is_ready:
        _log.error("the store is not ready: %s", found.store)
    told = {"server": "ready", "store": found.store}
    return JSONResponse(told, status_code=200 if found.is_ready else 503, headers={"Cache-Control": "no-store"})
