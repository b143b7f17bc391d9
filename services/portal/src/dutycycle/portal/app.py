"""Composition root of the portal: pages over the services; it keeps nothing of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import grpc.aio
import structlog
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dutycycle.kit.errors import DutycycleError
from dutycycle.portal.customer_page import CustomerPages
from dutycycle.portal.desk import Desk
from dutycycle.portal.lessor_page import LessorPages
from dutycycle.portal.offer_page import OfferPages
from dutycycle.portal.security import BodyLimit, SecurityHeaders
from dutycycle.portal.session import Sessions
from dutycycle.portal.settings import Settings
from dutycycle.portal.sign_in_page import SignInPages
from dutycycle.portal.view import Pages
from dutycycle.runtime.client import stubs

_log = structlog.get_logger()
_STATIC = Path(__file__).parent / "static"


def build(settings: Settings) -> Starlette:
    """Make the application; it connects to the services when it starts."""
    sessions = Sessions(settings.secrets, secure=settings.is_secure)
    pages = Pages(sessions)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with stubs(settings) as client:
            desk = Desk(settings, client, sessions, pages)
            groups = (OfferPages(desk), SignInPages(desk), CustomerPages(desk), LessorPages(desk))
            app.router.routes.extend(route for group in groups for route in group.routes())
            app.state.desk = desk
            _log.info("portal.serving", listen=settings.listen, url=settings.url)
            yield
        _log.info("portal.stopped")

    async def refused(request: Request, error: Exception) -> Response:
        desk: Desk = request.app.state.desk
        return await desk.on_error(request, error)

    async def not_found(request: Request, error: Exception) -> Response:
        desk: Desk = request.app.state.desk
        return desk.failed(request, "There is no such page", "Check the address, or begin at the first page.", 404)

    async def too_long(request: Request, error: Exception) -> Response:
        desk: Desk = request.app.state.desk
        return desk.failed(request, "That is too long", "No form of ours needs so much; shorten what you wrote.", 413)

    async def broken(request: Request, error: Exception) -> Response:
        _log.exception("portal.failed", path=request.url.path)
        desk: Desk = request.app.state.desk
        return desk.failed(request, "Something broke on our side", "Nothing was lost. Try again in a minute.", 500)

    return Starlette(
        routes=[
            Route("/healthz", _alive, methods=["GET"]),
            Route("/readyz", _alive, methods=["GET"]),
            Mount("/static", StaticFiles(directory=_STATIC), name="static"),
        ],
        middleware=[Middleware(SecurityHeaders, secure=settings.is_secure), Middleware(BodyLimit)],
        exception_handlers={
            grpc.aio.AioRpcError: refused,
            DutycycleError: refused,
            404: not_found,
            413: too_long,
            500: broken,
        },
        lifespan=lifespan,
    )


async def _alive(request: Request) -> Response:
    """Say that pages are served. Which of the services answer is theirs to say: a page tells what it could not ask."""
    return PlainTextResponse("ok\n")
