from bot.messages import Bullets
from tests.bot.skills.operators.office import Office
from tests.bot.talks import headline, text_of


async def test_the_numbers_and_the_queue(office: Office) -> None:
    await office.asked("为什么")
    reply = await office.says("/stats")
    assert headline(reply) == "最近 7 天"
    assert [block.title for block in reply.blocks if isinstance(block, Bullets)] == ["使用", "发送"]
    assert "没答上的问题 1" in text_of(reply)
    assert (await office.audited())[-1].action == "stats.read"


async def test_another_span_by_a_tap(office: Office) -> None:
    reply = await office.says("/stats")
    assert headline(await office.taps(reply, "30")) == "最近 30 天"
    assert headline(await office.presses("stats:99999999")) == "最近 7 天"


async def test_every_number_that_the_store_gives_has_words(office: Office) -> None:
    numbers = await office.store.stats(since=office.now)
    use = next(block for block in (await office.says("/stats")).blocks if isinstance(block, Bullets))
    assert len(use.items) == len(numbers)
