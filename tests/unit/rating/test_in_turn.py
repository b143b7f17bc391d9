"""Working on many things, a few at a time."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from dutycycle.rating.service.fold_usage import FoldNews
from dutycycle.rating.service.in_turn import in_turn
from dutycycle.runtime import tenancy


async def test_no_more_than_so_many_are_worked_on_at_once() -> None:
    running, most = 0, 0

    async def work(thing: int) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.001)
        running -= 1
        return thing * thing

    found = [each async for each in in_turn(range(7), work, 2)]
    assert sorted(found) == [0, 1, 4, 9, 16, 25, 36]
    assert most == 2


async def test_what_is_open_is_cancelled_when_the_caller_stops() -> None:
    cancelled = asyncio.Event()

    async def work(thing: int) -> int:
        try:
            await asyncio.sleep(thing)
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return thing

    async with aclosing(in_turn([0, 3600], work, 2)) as results:
        async for _ in results:
            break
    await asyncio.wait_for(cancelled.wait(), 1)


async def test_what_is_open_is_cancelled_when_one_fails() -> None:
    cancelled = asyncio.Event()

    async def work(thing: int) -> int:
        if not thing:
            raise ValueError("no")
        try:
            await asyncio.sleep(thing)
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return thing

    with pytest.raises(ValueError, match="no"):
        _ = [each async for each in in_turn([3600, 0], work, 2)]
    await asyncio.wait_for(cancelled.wait(), 1)


async def test_news_reach_who_listens_for_the_source_and_tenant() -> None:
    news = FoldNews()
    with tenancy.bound("skyline"), news.of("ops-a") as first, news.of("ops-a") as second, news.of("ops-b") as other:
        news.tell("ops-a")
        assert (first.is_set(), second.is_set(), other.is_set()) == (True, True, False)
        with tenancy.bound("harbour"):
            news.tell("ops-b")
        assert not other.is_set()
        news.end()
        assert other.is_set()
        assert news.over.is_set()
    assert not news._listeners  # who went away is forgotten
