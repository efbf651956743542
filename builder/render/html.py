"""Jinja2 templates -> pages of HTML that are XHTML as well."""

from collections.abc import Mapping
from functools import cache
from xml.etree.ElementTree import Element

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from builder.cache import Store, key
from builder.kept import keep
from builder.parse.markup import inner_markup, markup
from builder.versions import engine_versions


@cache
def environment() -> Environment:
    """The one template environment: everything is escaped, and nothing may be undefined."""
    made = Environment(
        loader=PackageLoader("builder", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["markup"] = _markup
    made.filters["inner"] = _inner
    return made


def fill(template: str, values: Mapping[str, object]) -> str:
    """A template filled in; trees in it are written with the filters ``markup`` and ``inner``."""
    return environment().get_template(template).render(values)


def fill_kept(store: Store, template: str, values: Mapping[str, object]) -> str:
    """A template filled in with plain data alone; what comes of it is kept for the same data."""
    name = key("filled in", engine_versions(), template, repr(values))
    return keep(store, name, str, lambda: fill(template, values))


def _markup(element: Element) -> Markup:
    return Markup(markup(element))  # noqa: S704 - written by our own serialiser, escaped there


def _inner(element: Element) -> Markup:
    return Markup(inner_markup(element))  # noqa: S704 - as above
