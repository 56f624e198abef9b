"""Files made for a download are handed to the person they were made for, and to nobody who only has the address.

Streamlit serves them under /media/ to whoever asks: the address is hard to guess, but it stays in a browser's history
and in the logs of a proxy. With sign-in configured a request is therefore held to its own sign-in: whose it is, that it
still stands, and that it is the one the file was made for.
"""

import json
from asyncio import to_thread
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from threading import Lock
from typing import Any

from streamlit import runtime
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import _get_signed_cookie_with_chunks

from store.settings import settings
from ui import opened

Ask = Callable[..., Awaitable[None]]
_MOST_REMEMBERED = 1000
_made_for: OrderedDict[bytes, frozenset[str]] = OrderedDict()
_lock = Lock()


def made_for(content: bytes, subject: str | None) -> bytes:
    """Remember for whom a file was made: the provider's name of the person. Gives the file back."""
    if subject is not None:
        digest = sha256(content).digest()
        with _lock:
            _made_for[digest] = _made_for.pop(digest, frozenset()) | {subject}
            while len(_made_for) > _MOST_REMEMBERED:
                _made_for.popitem(last=False)
    return content


class FilesToTheirReader:
    """Answers requests for files of other people, and of nobody, as if there were no such file."""

    def __init__(self, app: Ask) -> None:
        self.app = app

    async def __call__(self, scope: Mapping[str, Any], receive: Ask, send: Ask) -> None:
        """Pass on every request but those for files that are not the asker's."""
        if (
            scope["type"] == "http"
            and "/media/" in scope["path"]
            and settings().sign_in
            and not await to_thread(_theirs, scope)
        ):
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, send)


def _theirs(scope: Mapping[str, Any]) -> bool:
    claims = _claims(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    if not claims.get("sub") or opened.reader_of_claims(claims) is None:
        return False
    try:
        file = runtime.get_instance().media_file_mgr.read_file(scope["path"].rpartition("/")[2].partition(".")[0])
    except MediaFileStorageError:
        return False
    if file is None:
        return False
    readers = _made_for.get(sha256(file.content).digest())
    return claims["sub"] in readers if readers is not None else file.filename is None


def _claims(cookies: str) -> Mapping[str, Any]:
    """What the sign-in's own cookie says, where its signature is this server's."""
    try:
        held = {name: morsel.value for name, morsel in SimpleCookie(cookies).items()}
        signed = _get_signed_cookie_with_chunks(held, USER_COOKIE_NAME)
        claims: Mapping[str, Any] = json.loads(signed) if signed else {}
    except (CookieError, ValueError):
        return {}
    return claims if claims.get("is_logged_in") else {}
