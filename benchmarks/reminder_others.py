"""Other libraries that keep jobs in SQL, doing nothing as fast as they can."""

from __future__ import annotations

import asyncio
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

JOBS = 500  # they are slow: fewer than are measured of our own
DONE = threading.Semaphore(0)


def nothing() -> None:
    """The job."""
    DONE.release()


def apscheduler(folder: str, size: int) -> None:
    """APScheduler with its SQL store on SQLite: jobs put in, then overdue ones run beside many that wait."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler
    from apscheduler.triggers.date import DateTrigger

    store = SQLAlchemyJobStore(url=f"sqlite:///{folder}/jobs.db")
    scheduler = BackgroundScheduler(
        jobstores={"default": store}, executors={"default": ThreadPoolExecutor(8)}, timezone=UTC
    )
    scheduler.start(paused=True)
    now = datetime.now(UTC)
    waiting = min(size, 2000)

    def put(when: datetime) -> None:
        scheduler.add_job(nothing, DateTrigger(when), misfire_grace_time=None)

    start = time.perf_counter()
    for number in range(waiting):
        put(now + timedelta(days=1, seconds=number))
    added = waiting / (time.perf_counter() - start)
    for _ in range(JOBS):
        put(now)
    start = time.perf_counter()
    scheduler.resume()
    for _ in range(JOBS):
        DONE.acquire(timeout=60)
    ran = JOBS / (time.perf_counter() - start)
    scheduler.shutdown()
    rates = f"{added:,.0f} put in a second, {ran:,.0f} run a second"
    print(f"  APScheduler, SQLite, {waiting:,} waiting: {rates}")


async def procrastinate(address: str, workers: list[int]) -> None:
    """procrastinate on PostgreSQL: jobs put in and run by so many workers at a time, in one process."""
    from procrastinate import App, PsycopgConnector

    app = App(connector=PsycopgConnector(conninfo=address, max_size=20))

    @app.task(name="nothing")
    async def work() -> None:
        """The job."""

    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        for count in workers:
            start = time.perf_counter()
            for _ in range(JOBS):
                await work.defer_async()
            put = JOBS / (time.perf_counter() - start)
            start = time.perf_counter()
            await app.run_worker_async(wait=False, concurrency=count, install_signal_handlers=False)
            ran = JOBS / (time.perf_counter() - start)
            print(f"  procrastinate, {count} at a time: {put:,.0f} put in a second, {ran:,.0f} run a second")


if __name__ == "__main__":
    name, address, folder, size, workers = sys.argv[1:]
    if name == "apscheduler":
        apscheduler(folder, int(size))
    else:
        asyncio.run(procrastinate(address, [int(count) for count in workers.split(",")]))
