"""What a preset is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dutycycle.charge.preset.parameter import OF_A_MEASURE, OF_EVERY_CHARGE, Document, Parameters, inexact, invalid
from dutycycle.kit.errors import FieldViolation

Make = Callable[[Parameters], list[Document]]


@dataclass(frozen=True, slots=True)
class Preset:
    """A charging mechanism under the name that the field gives it: from a few parameters to charges."""

    number: int
    """Of the mechanism in the table of docs/rating.md; variants share one."""
    name: str
    summary: str
    """What it does, in plain words."""
    make: Make
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    measures: bool = True

    @property
    def handed_on(self) -> tuple[str, ...]:
        """Parameters that go into the charges as they are."""
        return (*OF_EVERY_CHARGE, *OF_A_MEASURE) if self.measures else OF_EVERY_CHARGE

    def expand(self, parameters: Mapping[str, Any]) -> list[Document]:
        """Write the charges. Raises InvalidInputError naming every wrong parameter."""
        found = list(self._violations(parameters))
        if found:
            raise invalid(self.name, found)
        return self.make(Parameters(self.name, parameters))

    def _violations(self, parameters: Mapping[str, Any]) -> Iterator[FieldViolation]:
        own = (*self.required, *self.optional)
        for name in self.required:
            if parameters.get(name) is None:
                yield FieldViolation(name, "is absent; the preset needs it")
        for name, value in parameters.items():
            if name not in own and name not in self.handed_on:
                yield FieldViolation(name, f"is unknown; there are {', '.join((*own, *self.handed_on))}")
            yield from inexact(value, name)
