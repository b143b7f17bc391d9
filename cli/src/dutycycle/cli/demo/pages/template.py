"""Templates of the pages: escaped by default, and a name that nobody gave is an error."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from dutycycle.cli.demo.pages.wording import whole

_ENVIRONMENT = Environment(
    loader=PackageLoader("dutycycle.cli.demo"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


_ENVIRONMENT.filters["whole"] = whole


def render(name: str, root: str, **values: object) -> str:
    """Fill a template; `root` leads from the page to the folder of the index: "" or "../"."""
    return _ENVIRONMENT.get_template(name).render(root=root, **values)
