"""The page on which a person reads and tries the API. It loads nothing from any other host."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.responses import FileResponse, HTMLResponse, Response

from shared.errors import NotFound
from shared.identity.access import public
from shared.identity.router import AccessRouter

_ASSETS: Final = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}

router = AccessRouter(include_in_schema=False)


@router.get("/docs", access=public())
async def docs(request: Request) -> HTMLResponse:
    """The API's documentation, to read and to try."""
    root = request.scope.get("root_path", "").rstrip("/")
    return get_swagger_ui_html(
        openapi_url=f"{root}/openapi.json",
        title=request.app.title,
        swagger_js_url=f"{root}/docs/swagger-ui-bundle.js",
        swagger_css_url=f"{root}/docs/swagger-ui.css",
        swagger_favicon_url="data:,",
    )


@router.get("/docs/{asset}", access=public())
async def asset(asset: str) -> Response:
    """A part of that page."""
    if asset not in _ASSETS:
        raise NotFound(kind="page")
    return FileResponse(_folder() / asset, media_type=_ASSETS[asset])


def _folder() -> Path:
    """Where the package with the page's parts lies; it is not imported, for it brings web frameworks of its own."""
    spec = find_spec("swagger_ui")
    if spec is None or not spec.submodule_search_locations:
        raise NotFound(kind="page")
    return Path(spec.submodule_search_locations[0]) / "static"
