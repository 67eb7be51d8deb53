"""The terminal: buttons by number, and an end of input that is no error."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from bot.channels import console as terminal
from bot.messages import Attachment, Button, Intent, Language, Reply, Text
from tests.bot.talks import Desk


def _paper() -> Console:
    return Console(file=io.StringIO(), width=400, soft_wrap=True)


def _written(paper: Console) -> str:
    assert isinstance(paper.file, io.StringIO)
    return paper.file.getvalue()


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What a person types, line by line; then the input ends."""

    def lines(*said: str) -> None:
        waiting = iter(said)

        def read(*_: object, **__: object) -> str:
            try:
                return next(waiting)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("rich.prompt.Prompt.ask", read)

    return lines


async def _talk(desk: Desk, language: Language = "zh-Hans") -> str:
    paper = _paper()
    await terminal.talk(desk.assistant, paper, clock=lambda: desk.now, language=language)
    return _written(paper)


def test_a_reply_shows_its_text_its_buttons_numbered_and_where_its_files_are() -> None:
    paper = _paper()
    file = Attachment("x.ics", "text/calendar", Path("/somewhere/x.ics"))
    terminal.show(
        paper,
        Reply(
            Intent.HELP, (Text("[b]plain[/b]"),), (Button("a", "x"), Button("b", "y")), attachments=(file,)
        ),
    )

    shown = _written(paper)
    assert "[b]plain[/b]" in shown
    assert "[a] a  [b] b" in shown
    assert "/somewhere/x.ics" in shown


async def test_the_end_of_input_ends_the_talk(desk: Desk, types: Callable[..., None]) -> None:
    types()

    assert await _talk(desk)


async def test_ctrl_c_ends_the_talk(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("rich.prompt.Prompt.ask", interrupted)

    assert await _talk(desk)


@pytest.mark.parametrize("letter", ["b", "B"])
async def test_a_letter_presses_the_button(desk: Desk, types: Callable[..., None], letter: str) -> None:
    types("/check", letter)
    await _talk(desk)

    assert (await desk.says("你记了什么", chat=terminal.CHAT)).facts == {"route": "consultant"}


async def test_a_number_answers_how_many_and_presses_nothing(desk: Desk, types: Callable[..., None]) -> None:
    types("代理公司有 5 个大专，强制的，够不够", "2")
    shown = await _talk(desk)

    assert "[b] " in shown
    facts = (await desk.says("你记了什么", chat=terminal.CHAT)).facts
    assert facts["trained_auditors"] == 2


async def test_a_letter_without_a_button_is_something_said(desk: Desk, types: Callable[..., None]) -> None:
    types("/check", "z", "0")

    assert await _talk(desk)
    assert (await desk.says("你记了什么", chat=terminal.CHAT)).facts == {}


@pytest.mark.parametrize("word", ["退出", "quit", "Exit"])
async def test_a_word_leaves(desk: Desk, types: Callable[..., None], word: str) -> None:
    types(word, "我们有5个审核师")
    await _talk(desk)

    assert (await desk.says("你记了什么", chat=terminal.CHAT)).facts == {}


async def test_a_file_without_a_name_is_told_how(desk: Desk, types: Callable[..., None]) -> None:
    types("/file")

    assert "名册" in await _talk(desk)


async def test_an_empty_line_is_nothing_said(desk: Desk, types: Callable[..., None]) -> None:
    types("", "   ")
    await _talk(desk)

    assert (await desk.talk(terminal.CHAT)).contact.session == {}


async def test_the_welcome_comes_in_the_language_asked_for(desk: Desk, types: Callable[..., None]) -> None:
    types()

    assert (await _talk(desk, "en")).strip() != (await _talk(desk)).strip()


@pytest.mark.parametrize("line", ["/file {}", "{}", "'{}'", '"{}"'])
async def test_a_file_is_given_by_its_path(
    desk: Desk, types: Callable[..., None], tmp_path: Path, line: str
) -> None:
    path = tmp_path / "our roster.csv"
    path.write_text("姓名,审核师证书\n张三,国家\n", encoding="utf-8")
    types(line.format(path))
    await _talk(desk)

    assert (await desk.says("你记了什么", chat=terminal.CHAT)).facts == {"trained_auditors": 1}


async def test_a_path_that_terminals_write_with_strokes_is_one_too(
    desk: Desk, types: Callable[..., None], tmp_path: Path
) -> None:
    path = tmp_path / "our roster.csv"
    path.write_text("姓名,审核师证书\n张三,国家\n", encoding="utf-8")
    types(str(path).replace(" ", "\\ "))
    await _talk(desk)

    assert (await desk.says("你记了什么", chat=terminal.CHAT)).facts == {"trained_auditors": 1}


async def test_a_file_that_is_not_there_is_said_to_be_missing(desk: Desk, types: Callable[..., None]) -> None:
    types("/file nowhere.csv")

    assert "没找到这个文件" in await _talk(desk)
