"""From HTML to PDF bytes, with packaged assets only and the same bytes every time."""

from __future__ import annotations

import gc
import os
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]  # it carries no types
import jinja2
import weasyprint
from markupsafe import Markup, escape
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from dutycycle.invoicing.errors import DocumentError

SCHEME = "asset"
"""URLs in the templates: asset:Inter-Regular.otf names a file of the package's directory of assets."""
EPOCH = "1356998400"
"""What font subsetting writes as its time, so that no clock gets into the bytes: 2013-01-01T00:00:00Z."""
_TYPES = {"otf": "font/otf", "css": "text/css"}


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # weasyprint carries no types
    """Fetches packaged assets; any other address stops the rendering."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002 - its signature
        parts = urlsplit(url)
        asset = files("dutycycle.invoicing") / "assets" / parts.path
        if parts.scheme != SCHEME or "/" in parts.path or not asset.is_file():
            raise FatalURLFetchingError(f"{url} is not a packaged asset")
        return URLFetcherResponse(url, asset.read_bytes(), {"Content-Type": _TYPES[parts.path.rpartition(".")[2]]})


class _Page(weasyprint.HTML):  # type: ignore[misc]  # weasyprint carries no types
    """A page that is well-formed by construction: read by an XML parser in C, not by a forgiving one in Python.

    That saves a tenth of a document's time. The base class takes no tree, so its attributes are set here.
    """

    def __init__(self, html: str) -> None:
        root = ElementTree.fromstring(html)  # noqa: S314 - our own template; what comes from outside is escaped
        self.base_url = None
        self.url_fetcher = AssetFetcher()
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


def typeset(layouts: Iterable[str], pages: int, digest: str) -> bytes:
    """Typeset the first of several layouts, loosest first, that takes at most so many pages; the last if none does.

    `digest` (hexadecimal, of what the document says) becomes the identifier of the file. Raises DocumentError.
    """
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    gc.disable()  # a document is many small objects that die together; collecting among them costs a fifth of the time
    try:
        document = _first_that_fits(layouts, pages)
        content = document.write_pdf(pdf_identifier=bytes.fromhex(digest)[:16], pdf_tags=True)
    except FatalURLFetchingError as error:
        raise DocumentError(str(error)) from error
    finally:
        gc.enable()
    if not isinstance(content, bytes):
        raise DocumentError("the typesetter returned no document")
    return content


def _first_that_fits(layouts: Iterable[str], pages: int) -> weasyprint.Document:
    for html in layouts:
        document = _Page(html).render(font_config=_fonts())
        if len(document.pages) <= pages:
            break
    return document


def fill(template: str, **values: object) -> str:
    """Fill a packaged template; everything that is not markup of ours is escaped."""
    return _templates().get_template(template).render(**values)


@cache
def _fonts() -> FontConfiguration:
    """Return the fonts of this process: read once, with what was measured of them."""
    return FontConfiguration()


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("dutycycle.invoicing"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["whole"] = _whole
    return environment


def _whole(text: str) -> Markup:
    """Keep an amount on one line with its sign, or no reader could tell it from its opposite; percentages too."""
    whole = re.sub(r"([+−-]?[$€£¥][\d,.]*\d|\d[\d,.]* %)", r'<span class="n">\1</span>', str(escape(text)))
    return Markup(whole)  # noqa: S704 - escaped above
