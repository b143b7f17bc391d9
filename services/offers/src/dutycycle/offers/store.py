"""All SQL of the offers service. Row-level security narrows every statement to the tenant of the transaction."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, func, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on, insert

from dutycycle.kit import clock
from dutycycle.offers.answer import Answer, AnswerKind
from dutycycle.offers.decision import OFFER_TREATMENTS, Decision, Printed, Standing, Treatment
from dutycycle.offers.effect import Exposure
from dutycycle.offers.preference import Preference
from dutycycle.offers.tables import answer, decision, drafted, opening, preference, standing
from dutycycle.runtime.database import Connection
from dutycycle.runtime.tenancy import tenant


@dataclass(frozen=True, slots=True)
class StoredDecision:
    """A decision as it was stored."""

    revision: int
    treatment: Treatment
    period_start: date
    customer: str
    body: bytes


async def add_decision(connection: Connection, made: Decision, revision: int, body: bytes) -> bool:
    """Store a revision; False if another call stored that one first."""
    statement = insert(decision).values(
        tenant=tenant(),
        period_start=made.period.start,
        customer=made.customer,
        revision=revision,
        name=made.name,
        treatment=made.treatment.name,
        subject=made.subject,
        body=body,
        created_at=made.create_time,
        campaign=made.campaign,
        customer_group=made.group.name,
        withheld_subject=made.withheld_subject,
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(decision.c.revision))
    return added.first() is not None


async def get_decision(connection: Connection, name: str) -> StoredDecision | None:
    """Return the newest revision of a decision."""
    query = select(decision).where(decision.c.name == name).order_by(decision.c.revision.desc()).limit(1)
    return next(iter(await _read(connection, query)), None)


async def get_offered(connection: Connection, name: str) -> bytes:
    """Return the newest revision of a decision that offered a program; there is one where an answer is."""
    query = select(decision.c.body).where(decision.c.name == name, decision.c.treatment == Treatment.PROGRAM.name)
    return bytes((await connection.scalars(query.order_by(decision.c.revision.desc()).limit(1))).one())


async def last_treatment(connection: Connection, customer: str, until: date) -> Treatment | None:
    """Return what the customer's newest invoice up to a period carried; None before the first."""
    query = select(decision.c.treatment).where(decision.c.customer == customer, decision.c.period_start <= until)
    newest = query.order_by(decision.c.period_start.desc(), decision.c.revision.desc()).limit(1)
    found = await connection.scalar(newest)
    return Treatment[found] if found else None


async def page_decisions(
    connection: Connection, of_customer: str, of_start: date | None, after: tuple[date, str], limit: int
) -> list[StoredDecision]:
    """Read the newest revisions by period and customer, after a key; those of one period's start only, if given."""
    key = (decision.c.period_start, decision.c.customer)
    query = select(decision).where(tuple_(*key) > after)
    if of_customer:
        query = query.where(decision.c.customer == of_customer)
    if of_start is not None:
        query = query.where(decision.c.period_start == of_start)
    newest = query.ext(distinct_on(*key)).order_by(*key, decision.c.revision.desc())
    return await _read(connection, newest.limit(limit))


async def list_printed(connection: Connection, customer: str, start: date, end: date) -> list[Printed]:
    """Return what the customer's invoices carried for periods that start in `[start, end)`, oldest first."""
    start_of = decision.c.period_start
    query = select(decision).where(decision.c.customer == customer, start_of >= start, start_of < end)
    newest = query.ext(distinct_on(start_of)).order_by(start_of, decision.c.revision.desc())
    rows = await connection.execute(newest)
    return [Printed(row.period_start, Treatment[row.treatment], row.subject) for row in rows]


async def add_preference(connection: Connection, wish: Preference, request_id: str) -> bool:
    """Store a wish; False if this request stored it before."""
    statement = insert(preference).values(
        tenant=tenant(),
        customer=wish.customer,
        offers_allowed=wish.offers_allowed,
        origin=wish.origin,
        request_id=request_id,
        set_at=wish.set_at,
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(preference.c.id))
    return added.first() is not None


async def get_preference(connection: Connection, customer: str) -> Preference | None:
    """Return the newest wish of a customer; None if it never expressed one."""
    newest = select(func.max(preference.c.id)).where(preference.c.customer == customer).scalar_subquery()
    row = (await connection.execute(select(preference).where(preference.c.id == newest))).first()
    return None if row is None else Preference(row.customer, row.offers_allowed, row.origin, row.set_at)


async def add_answer(connection: Connection, given: Answer) -> bool:
    """Store the answer to an offer; False if there is one."""
    statement = insert(answer).values(
        tenant=tenant(),
        decision=given.decision,
        customer=given.customer,
        period_start=given.period_start,
        subject=given.subject,
        kind=given.kind.name,
        answered_by=given.answered_by,
        reason=given.reason,
        answered_at=given.answered_at,
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(answer.c.decision))
    return added.first() is not None


async def get_answer(connection: Connection, name: str) -> Answer | None:
    """Return the answer to the offer of a decision."""
    row = (await connection.execute(_answers().where(answer.c.decision == name))).first()
    return None if row is None else _answer_from_row(row)


async def list_answers_to(connection: Connection, decisions: Collection[str]) -> list[Answer]:
    rows = await connection.execute(_answers().where(answer.c.decision.in_(decisions)).order_by(answer.c.answered_at))
    return [_answer_from_row(row) for row in rows]


async def list_customer_answers(connection: Connection, customer: str) -> list[Answer]:
    """Return all that a customer answered, oldest first."""
    rows = await connection.execute(
        _answers().where(answer.c.customer == customer).order_by(answer.c.answered_at, answer.c.decision)
    )
    return [_answer_from_row(row) for row in rows]


async def page_answers(
    connection: Connection, of_customer: str, after: tuple[datetime, str] | None, limit: int
) -> list[Answer]:
    """Read answers, newest first, after a key."""
    key = (answer.c.answered_at, answer.c.decision)
    query = _answers()
    if of_customer:
        query = query.where(answer.c.customer == of_customer)
    if after is not None:
        query = query.where(tuple_(*key) < after)
    rows = await connection.execute(query.order_by(key[0].desc(), key[1].desc()).limit(limit))
    return [_answer_from_row(row) for row in rows]


async def list_undrafted(connection: Connection, limit: int) -> list[Answer]:
    """Return acceptances whose amendment is not known to be drafted, oldest first."""
    query = _answers().where(answer.c.kind == AnswerKind.ACCEPTED.name, drafted.c.decision.is_(None))
    rows = await connection.execute(query.order_by(answer.c.answered_at, answer.c.decision).limit(limit))
    return [_answer_from_row(row) for row in rows]


async def add_drafted(connection: Connection, name: str, amendment: str, drafted_at: datetime) -> None:
    """Note that the amendment of a decision is drafted; noting it again changes nothing."""
    statement = insert(drafted).values(tenant=tenant(), decision=name, amendment=amendment, drafted_at=drafted_at)
    await connection.execute(statement.on_conflict_do_nothing())


async def add_opening(connection: Connection, name: str, opened_at: datetime) -> None:
    await connection.execute(insert(opening).values(tenant=tenant(), decision=name, opened_at=opened_at))


async def list_exposures(connection: Connection, start: date, end: date) -> list[Exposure]:
    """Return what invoices of periods that start in `[start, end)` carried or withheld, oldest first."""
    start_of = decision.c.period_start
    query = select(decision).where(start_of >= start, start_of < end)
    key = (start_of, decision.c.customer)
    newest = query.ext(distinct_on(*key)).order_by(*key, decision.c.revision.desc())
    rows = (await connection.execute(newest)).all()
    opened = set((await connection.scalars(select(opening.c.decision).distinct())).all())
    return [
        Exposure(
            row.name,
            row.customer,
            row.period_start,
            row.subject if Treatment[row.treatment] in OFFER_TREATMENTS else "",
            row.withheld_subject,
            row.name in opened,
        )
        for row in rows
    ]


async def add_standing(connection: Connection, customer: str, said: Standing, origin: str, request_id: str) -> bool:
    """Store what the lessor's books say; False if this request stored it before."""
    statement = insert(standing).values(
        tenant=tenant(),
        customer=customer,
        in_dispute=said.in_dispute,
        in_arrears=said.in_arrears,
        in_hardship=said.in_hardship,
        origin=origin,
        request_id=request_id,
        set_at=clock.now(),
    )
    added = await connection.execute(statement.on_conflict_do_nothing().returning(standing.c.id))
    return added.first() is not None


async def get_standing(connection: Connection, customer: str) -> Standing:
    """Return what the lessor's books said last; nothing if they never did."""
    newest = select(func.max(standing.c.id)).where(standing.c.customer == customer).scalar_subquery()
    row = (await connection.execute(select(standing).where(standing.c.id == newest))).first()
    return Standing() if row is None else Standing("", row.in_dispute, row.in_arrears, row.in_hardship)


def _answers() -> Select[tuple[object, ...]]:
    same = (drafted.c.tenant == answer.c.tenant) & (drafted.c.decision == answer.c.decision)
    return select(answer, drafted.c.amendment).outerjoin(drafted, same)


def _answer_from_row(row: Row[tuple[object, ...]]) -> Answer:
    return Answer(
        decision=row.decision,
        customer=row.customer,
        period_start=row.period_start,
        subject=row.subject,
        kind=AnswerKind[row.kind],
        answered_by=row.answered_by,
        reason=row.reason,
        answered_at=row.answered_at,
        amendment=row.amendment or "",
    )


async def _read(connection: Connection, query: Select[tuple[object, ...]]) -> list[StoredDecision]:
    rows = await connection.execute(query)
    return [
        StoredDecision(row.revision, Treatment[row.treatment], row.period_start, row.customer, row.body) for row in rows
    ]
