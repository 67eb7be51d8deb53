"""``ask`` and ``chat``: the conversation in a terminal, as a person starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.talk import ask, chat
from tests.bot.channels.test_contract import KEYS

QUESTION = "自行组织审核需要几名审核师？"


def _asked(*arguments: str) -> Result:
    return CliRunner().invoke(ask, arguments, catch_exceptions=False)


def _talked(*lines: str, database: str) -> Result:
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(chat, ["--database", database], input=typed, catch_exceptions=False)


def test_a_question_is_answered_with_number_clauses_words_and_standing() -> None:
    done = _asked(QUESTION)

    assert done.exit_code == 0
    assert "4名" in done.stdout.splitlines()[0]
    for said in ("第十条", "第二十一条", "4名以上经国家或广东省", "2018", "未施行"):
        assert said in done.stdout


def test_a_question_as_json_is_one_converse_reply() -> None:
    done = _asked(QUESTION, "--json")
    (line,) = done.stdout.splitlines()

    assert set(json.loads(line)) >= KEYS


def test_a_question_is_answered_in_its_language_or_in_the_one_named() -> None:
    english = json.loads(_asked("How many auditors does a self-organised audit need?", "--json").stdout)
    named = _asked("你好", "--lang", "en").stdout

    assert english["text"].splitlines()[0][0].isascii()
    assert named.isascii()


@pytest.mark.parametrize("question", ["", "\x00", "[bold]", "第十条 " * 5_000])
def test_any_question_is_answered(question: str) -> None:
    done = _asked(question)

    assert done.exit_code == 0
    assert done.stdout.strip()


def test_nothing_of_a_single_question_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    _asked("我们有5个审核师")

    assert list(tmp_path.iterdir()) == []


def test_a_question_is_needed() -> None:
    done = _asked()

    assert done.exit_code == 2
    assert "QUESTION" in done.stderr


def test_a_talk_ends_with_its_input_and_goes_on_where_it_was_left(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'x.db'}"
    first = _talked("我们有5个审核师", database=database)
    second = _talked("你记了什么", database=database)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "5" in second.stdout
    assert "我们有5个审核师"[-4:] in second.stdout


def test_a_talk_without_input_is_no_error(tmp_path: Path) -> None:
    assert _talked(database=f"sqlite:///{tmp_path / 'x.db'}").exit_code == 0


def test_a_talk_is_kept_where_the_settings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XIZE_DATABASE_URL", "sqlite:///kept.db")
    done = CliRunner().invoke(chat, input="你好\n", catch_exceptions=False)

    assert done.exit_code == 0
    assert (tmp_path / "kept.db").exists()


def test_a_roster_can_be_asked_about_with_words_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("姓名,审核师证书\n张三,国家\n", encoding="utf-8")
    reply = json.loads(_asked("代理公司，强制", "--file", str(path), "--json").stdout)

    assert reply["facts"]["trained_auditors"] == 1
    assert reply["check"]["goal"] == "consultant-mandatory"


def test_a_roster_needs_no_words(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("姓名,审核师证书\n张三,国家\n", encoding="utf-8")

    assert "张三" in _asked("--file", str(path)).stdout
