"""The first page stands at the address without a name; whoever types its name is brought there."""

from starlette.requests import Request
from starlette.responses import RedirectResponse

from ui.navigation import PLACES

ADDRESS = f"/{PLACES[0].address}"


async def answer(request: Request) -> RedirectResponse:
    """To the same question at the address without a name, on whatever path the proxy serves it."""
    asked = request.url.query
    return RedirectResponse(f"./?{asked}" if asked else "./")
