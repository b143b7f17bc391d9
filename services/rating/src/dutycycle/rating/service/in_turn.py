"""Work on many things, a few at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


async def in_turn(things: Iterable[T], work: Callable[[T], Awaitable[R]], at_once: int) -> AsyncIterator[R]:
    """Work on things, so many at once, and yield each result as soon as it is there.

    What is still being worked on is cancelled when the caller stops, or when work raises.
    """

    async def one(thing: T) -> R:
        return await work(thing)

    waiting = iter(things)
    running: set[asyncio.Task[R]] = set()
    try:
        while True:
            for thing in waiting:
                running.add(asyncio.create_task(one(thing)))
                if len(running) >= at_once:
                    break
            if not running:
                return
            done, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:
        for task in running:
            task.cancel()
