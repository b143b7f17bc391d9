"""Wait until rating has folded what ingest has accepted: nobody is billed on half of a month."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from dutycycle.invoicing import errors
from dutycycle.invoicing.neighbour import Neighbours

_LOOK_SECONDS = 0.25


class Completeness:
    """Compares how far ingest has committed with how far rating has folded."""

    def __init__(self, neighbours: Neighbours, timeout_seconds: int) -> None:
        self._neighbours = neighbours
        self._timeout_seconds = timeout_seconds

    async def reach(self, tell: Callable[[str], Awaitable[object]], source: str = "") -> Mapping[str, int]:
        """Return the heads that are folded now, of one source or of all; tells in words what is missing meanwhile.

        Raises PreconditionError USAGE_INCOMPLETE if it takes too long.
        """
        heads = await self._neighbours.source_heads()
        wanted = {name: head for name, head in heads.items() if source in ("", name)}
        deadline = asyncio.get_running_loop().time() + self._timeout_seconds
        told = ""
        while behind := _behind(wanted, await self._neighbours.folded()):
            if asyncio.get_running_loop().time() > deadline:
                raise errors.usage_incomplete(behind, self._timeout_seconds)
            if behind != told:
                told = behind
                await tell(f"Rating folds segments: {behind}")
            await asyncio.sleep(_LOOK_SECONDS)
        return wanted


def _behind(wanted: Mapping[str, int], folded: Mapping[str, int]) -> str:
    missing = ((name, folded.get(name, 0), head) for name, head in sorted(wanted.items()))
    return ", ".join(f"{name} {reached} of {head}" for name, reached, head in missing if reached < head)
