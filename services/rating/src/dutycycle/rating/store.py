"""All SQL of the rating service. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from dutycycle.kit.period import BillingPeriod
from dutycycle.rating.tables import meter, watermark
from dutycycle.rating.usage import DailyUsage, MeterSums, PlacementUsage, Watermarks
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant


async def read_watermarks(connection: Connection) -> Watermarks:
    rows = await connection.execute(select(watermark.c.source, watermark.c.number).order_by(watermark.c.source))
    return Watermarks({row.source: row.number for row in rows})


async def lock_watermark(connection: Connection, source: str) -> int:
    """Return how far a source is folded, and keep others from folding it until the transaction ends."""
    statement = insert(watermark).values(tenant=tenant(), source=source, number=0).on_conflict_do_nothing()
    await connection.execute(statement)
    query = select(watermark.c.number).where(watermark.c.source == source).with_for_update()
    return int((await connection.execute(query)).scalar_one())


async def move_watermark(connection: Connection, source: str, number: int) -> None:
    await connection.execute(watermark.update().where(watermark.c.source == source).values(number=number))


async def meter_positions(connection: Connection, codes: Sequence[str]) -> dict[str, int]:
    """Return the position of every meter, giving one to each code that has none yet."""
    known = await read_meters(connection)
    if set(codes) <= known.keys():
        return known
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"rating.meter/{tenant()}"))))
    known = await read_meters(connection)
    for code in sorted(set(codes) - known.keys()):
        known[code] = len(known) + 1
        await connection.execute(insert(meter).values(tenant=tenant(), code=code, position=known[code]))
    return known


async def read_meters(connection: Connection) -> dict[str, int]:
    rows = await connection.execute(select(meter.c.code, meter.c.position).order_by(meter.c.position))
    return {row.code: row.position for row in rows}


async def add_usage(connection: Connection, usage: DailyUsage, positions: Mapping[str, int]) -> None:
    """Add cells to those that are there, in one statement."""
    if not usage.placement:
        return
    columns = sorted(usage.meters.items(), key=lambda item: positions[item[0]])
    by_position = {positions[code]: sums for code, sums in columns}
    names = [f"meter_{position}" for position in by_position]
    cells = [
        f"meter_{place}::numeric * :unit_{place}" if place in by_position else "0"
        for place in range(1, max(by_position, default=0) + 1)
    ]
    statement = text(f"""
        insert into usage_day as kept (tenant, placement, day, records, sums)
        select :tenant, placement, day, records, array[{", ".join(cells)}]::numeric[]
        from unnest(cast(:placement as text[]), cast(:day as date[]), cast(:records as bigint[])
                    {"".join(f", cast(:{name} as text[])" for name in names)})
             as added(placement, day, records{"".join(f", {name}" for name in names)})
        on conflict (tenant, placement, day) do update
        set records = kept.records + excluded.records, sums = add_sums(kept.sums, excluded.sums)
    """)  # noqa: S608  # the names in it are made of whole numbers
    await connection.execute(statement, _parameters(usage, by_position))


def _parameters(usage: DailyUsage, by_position: Mapping[int, MeterSums]) -> dict[str, object]:
    parameters: dict[str, object] = {
        "tenant": tenant(),
        "placement": list(usage.placement),
        "day": list(usage.day),
        "records": list(usage.records),
    }
    for position, meter_sums in by_position.items():
        # As text: a sum may be wider than 64 bits, and PostgreSQL reads digits faster than the driver writes numerics.
        parameters[f"meter_{position}"] = [str(value) for value in meter_sums.sums]
        parameters[f"unit_{position}"] = Decimal(1).scaleb(-meter_sums.scale)
    return parameters


async def sum_usage(
    connection: Connection, placements: Sequence[str], periods: Sequence[BillingPeriod]
) -> list[PlacementUsage]:
    """Sum the cells of placements over periods; placements without usage in a period are left out."""
    meters = await read_meters(connection)
    sums = "".join(f", coalesce(sum(sums[{position}]), 0) as meter_{position}" for position in meters.values())
    statement = text(f"""
        select placement, place, sum(records)::bigint as records, count(*) as days, max(day) as last_day {sums}
        from unnest(cast(:starts as date[]), cast(:ends as date[])) with ordinality as period(first, after, place)
        join usage_day on day >= first and day < after
        where placement = any(cast(:placements as text[]))
        group by placement, place order by place, placement
    """)  # noqa: S608  # the names in it are made of whole numbers
    parameters = {
        "starts": [period.start for period in periods],
        "ends": [period.end for period in periods],
        "placements": list(placements),
    }
    rows = (await connection.execute(statement, parameters)).mappings()
    return [
        PlacementUsage(
            row["placement"],
            periods[row["place"] - 1],
            row["records"],
            row["days"],
            {code: row[f"meter_{position}"] for code, position in meters.items()},
            row["last_day"],
        )
        for row in rows
    ]
