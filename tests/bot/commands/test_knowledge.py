import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.commands.knowledge import knowledge
from knowledge.errors import CorpusError, NotALegalText, UnknownReference
from knowledge.library import BUILT_IN, Library
from tests.knowledge.files import LAW, written


def run(*arguments: object, directory: Path | None = None) -> Result:
    into = ["--into", str(directory)] if directory else []
    return CliRunner().invoke(knowledge, [*map(str, arguments), *into], catch_exceptions=False)


def test_the_tree_as_json_has_the_keys_of_the_machine_interface(tmp_path: Path) -> None:
    law = written(tmp_path, "law.txt", LAW + "第一百三十三条之一　丁。\n")
    tree = json.loads(run("import", law, "--json", directory=tmp_path / "own").stdout)
    assert list(tree) == ["title", "chapters", "articles", "warnings"]
    assert (tree["title"], tree["chapters"]) == ("某市审核办法", ["第一章 总则"])
    assert tree["articles"][1] == {
        "number": "2",
        "address": "art_2",
        "paragraphs": ["企业应当提交："],
        "items": [
            {"number": "1", "address": "art_2__item_1", "text": "申请表；", "items": []},
            {"number": "2", "address": "art_2__item_2", "text": "报告。", "items": []},
        ],
    }
    assert tree["articles"][2]["number"] == "133-1"
    assert "缺第三条" in tree["warnings"][0]
    assert not (tmp_path / "own").exists()


def test_import_list_show_and_check(tmp_path: Path) -> None:
    own = tmp_path / "own"
    law = written(tmp_path, "law.txt", LAW)
    stored = run(
        "import", law, "--id", "own-1", "--status", "in_force", "--effective", "2026-09-01", directory=own
    )
    assert stored.stdout.startswith("own-1  某市审核办法  2 articles")
    listed = run("list", "--on", "2026-11-23", directory=own).stdout
    assert any(line.split()[:2] == ["own-1", "in_force"] for line in listed.splitlines())
    assert "（一）申请表；" in run("show", "own-1#art_2", directory=own).stdout
    assert "no problems" in run("check", directory=own).stdout


def test_a_dry_run_stores_nothing(tmp_path: Path) -> None:
    law = written(tmp_path, "law.txt", LAW)
    assert "not stored" in run("import", law, "--dry-run", directory=tmp_path / "own").stdout
    assert not (tmp_path / "own").exists()


def test_a_provision_can_be_named_as_people_do(tmp_path: Path) -> None:
    shown = run("show", "第二十一条", directory=tmp_path / "own").stdout
    library = Library.load((BUILT_IN,))
    assert library.provision(f"{library.default}#art_21").text in shown


def test_versions_are_compared(tmp_path: Path) -> None:
    before = written(tmp_path, "a.txt", LAW)
    after = written(tmp_path, "b.txt", LAW.replace("规范", "加强"))
    assert "[-规范-]{+加强+}" in run("diff", before, after, directory=tmp_path).stdout
    assert "no changes" in run("diff", before, before, directory=tmp_path).stdout
    changes = json.loads(run("diff", before, after, "--json", directory=tmp_path).stdout)["changes"]
    assert [one["change"] for one in changes] == ["changed", "same"]


def test_a_second_import_names_the_way_to_replace(tmp_path: Path) -> None:
    law = written(tmp_path, "law.txt", LAW)
    run("import", law, "--id", "x", directory=tmp_path / "own")
    with pytest.raises(CorpusError, match="--replace"):
        run("import", law, "--id", "x", directory=tmp_path / "own")
    assert "no changes" in run("import", law, "--id", "x", "--replace", directory=tmp_path / "own").stdout


def test_the_ids_of_built_in_instruments_are_kept(tmp_path: Path) -> None:
    identity = next(iter(Library.load().instruments))
    with pytest.raises(CorpusError, match="built-in"):
        run(
            "import",
            written(tmp_path, "law.txt", LAW),
            "--id",
            identity,
            "--replace",
            directory=tmp_path / "own",
        )


@pytest.mark.parametrize("command", [("import", "none.txt", "--json"), ("import", "none.pdf")])
def test_a_missing_file_is_one_clear_error(tmp_path: Path, command: tuple[str, ...]) -> None:
    with pytest.raises(NotALegalText, match="cannot be read"):
        run(*command, directory=tmp_path)


def test_an_unknown_provision_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownReference):
        run("show", "没有的东西", directory=tmp_path)
