"""Identity resolution: which placement a reported identity meant at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dutycycle.ingest.errors import Reason

_FOREVER = 1 << 62


@dataclass(frozen=True, slots=True)
class PlacedAsset:
    """An asset on a schedule for a time, under the identities by which usage reports it."""

    asset: str
    identities: Sequence[str]
    placements: Sequence[PlacementSpan]


@dataclass(frozen=True, slots=True)
class PlacementSpan:
    """A placement in instants, `[start_us, end_us)`; `source` is the one whose usage it takes."""

    name: str
    source: str
    start_us: int
    end_us: int = _FOREVER


@dataclass(slots=True)
class Registry:
    """Identities and placements of one tenant, as far as contracts had told by `revision`."""

    revision: int = 0
    billed_meters: dict[str, frozenset[str]] = field(default_factory=dict)
    """Meters that contracts bill, by the source of the customer's usage."""
    _spans: dict[str, Sequence[PlacementSpan]] = field(default_factory=dict)
    _identities: dict[str, str] = field(default_factory=dict)

    def learn(self, assets: Iterable[PlacedAsset], revision: int) -> None:
        """Take in new and changed assets."""
        for asset in assets:
            self._spans[asset.asset] = asset.placements
            for identity in asset.identities:
                self._identities[identity] = asset.asset
        self.revision = max(self.revision, revision)

    def resolve(self, identity: str, source: str, at_us: int) -> str | Reason:
        """Return the name of the placement, or why there is none.

        A placement takes only the usage of its own customer's source: an aircraft that a carrier reports after it went
        to another one is not billed to the other.
        """
        asset = self._identities.get(identity)
        if asset is None:
            return Reason.UNKNOWN_ASSET
        for span in self._spans[asset]:
            if span.start_us <= at_us < span.end_us and span.source == source:
                return span.name
        return Reason.NO_PLACEMENT


def waiting_message(reason: Reason, identity: str, source: str) -> str:
    """Say what would release a waiting record."""
    if reason is Reason.UNKNOWN_ASSET:
        return f"no asset is registered under {identity!r}; register it with this alias"
    if reason is Reason.NO_PLACEMENT:
        return f"{identity!r} is on no schedule of the customer of {source} at that time; place it"
    return "the invoice of its period is issued; it waits for corrections"
