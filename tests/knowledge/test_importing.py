from datetime import date
from pathlib import Path

import pytest

from knowledge.diff import Change
from knowledge.errors import CorpusError, NotALegalText
from knowledge.importing import Particulars, derive_id, import_instrument, read_legal_text
from knowledge.library import BUILT_IN, Library
from knowledge.model import Status, Wording
from knowledge.parser import parse_instrument
from tests.knowledge.files import LAW, docx, pdf, written

LIBRARY_DAY = date(2026, 11, 23)


def test_an_imported_text_stands_beside_what_ships_and_is_found_at_once(tmp_path: Path) -> None:
    into = tmp_path / "own"
    law = LAW + "第三条　企业应当安装鲎试剂在线监测装置。\n"
    made = import_instrument(written(tmp_path, "law.txt", law), into, Particulars(id="final-2026"))
    library = Library.load((BUILT_IN, into))
    assert made.path == into / "final-2026.txt"
    provision = library.provision("final-2026#art_2__item_1")
    assert (provision.wording, provision.quote) == (Wording.QUOTED, "（一）申请表；")
    assert library.instrument("final-2026").status_on(LIBRARY_DAY) is Status.UNVERIFIED
    assert library.instrument("final-2026").chapters == ("总则",)
    assert library.search("鲎试剂在线监测")[0][0] == "final-2026#art_3"
    assert library.check() == ()


def test_the_particulars_of_the_operator_go_before_the_files(tmp_path: Path) -> None:
    given = Particulars("x-1", "正式细则", "深字〔2026〕1号", "某局", Status.IN_FORCE, date(2026, 9, 1))
    import_instrument(written(tmp_path, "law.txt", LAW), tmp_path / "own", given)
    instrument = Library.load((BUILT_IN, tmp_path / "own")).instrument("x-1")
    assert (instrument.title, instrument.number, instrument.issuer) == ("正式细则", "深字〔2026〕1号", "某局")
    assert instrument.status_on(date(2026, 8, 31)) is Status.UNVERIFIED
    assert instrument.status_on(date(2026, 9, 1)) is Status.IN_FORCE


def test_number_issuer_and_day_come_from_the_text(tmp_path: Path) -> None:
    text = (
        LAW.replace("办法\n第一章", "办法\n某工信规〔2026〕9号\n第一章", 1)
        + "某市工业和信息化局\n2026年7月1日\n"
    )
    made = import_instrument(written(tmp_path, "law.txt", text), tmp_path / "own")
    instrument = Library.load((tmp_path / "own",)).instrument(made.id)
    assert made.id == "msshbf-2026"
    assert instrument.number == "某工信规〔2026〕9号"
    assert (instrument.issuer, instrument.issued) == ("某市工业和信息化局", "2026-07-01")


def test_a_text_on_trial_is_found_by_its_title_without_saying_so(tmp_path: Path) -> None:
    title = LAW.strip().splitlines()[0]
    import_instrument(
        written(tmp_path, "law.txt", LAW.replace(title, f"{title}（试行）", 1)), tmp_path / "own"
    )
    library = Library.load((BUILT_IN, tmp_path / "own"))
    assert [one.instrument for one in library.find(f"{title}第一条")] == [
        next(one.id for one in library.instruments.values() if not one.built_in)
    ]


def test_an_id_is_not_replaced_unless_asked_and_then_the_changes_are_told(tmp_path: Path) -> None:
    into = tmp_path / "own"
    import_instrument(written(tmp_path, "a.txt", LAW), into, Particulars(id="x"))
    later = written(tmp_path, "b.txt", LAW.replace("提交：", "按期提交："))
    with pytest.raises(CorpusError, match="--replace"):
        import_instrument(later, into, Particulars(id="x"))
    made = import_instrument(later, into, Particulars(id="x"), replacing=True)
    assert made.changes is not None
    assert [one.change for one in made.changes.changes] == [Change.SAME, Change.CHANGED]
    assert "按期提交" in (into / "x.txt").read_text(encoding="utf-8")


def test_ids_of_other_directories_and_malformed_ones_are_refused(tmp_path: Path) -> None:
    source = written(tmp_path, "a.txt", LAW)
    with pytest.raises(CorpusError, match="built-in"):
        import_instrument(source, tmp_path / "own", Particulars(id="x"), replacing=True, taken={"x"})
    with pytest.raises(CorpusError, match="lower-case"):
        import_instrument(source, tmp_path / "own", Particulars(id="../x"))
    assert not (tmp_path / "own").exists()


def test_nothing_is_written_when_only_checking(tmp_path: Path) -> None:
    made = import_instrument(written(tmp_path, "a.txt", LAW), tmp_path / "own", store=False)
    assert made.path is None
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize(
    "text",
    [
        "今天天气不错，我们去吃饭。",
        "# Read me\n\n1. Install\n2. Run\n",
        "买菜清单\n一、白菜\n二、萝卜",
        "第一章 初见\n他走进了房间。\n第二章 重逢\n她笑了。",
    ],
)
def test_what_is_no_legal_text_is_refused_and_nothing_stored(tmp_path: Path, text: str) -> None:
    with pytest.raises(NotALegalText, match="no legal text"):
        import_instrument(written(tmp_path, "a.txt", text), tmp_path / "own")
    assert not (tmp_path / "own").exists()


def test_word_and_pdf_give_the_tree_of_the_text(tmp_path: Path) -> None:
    tree = parse_instrument(LAW)
    for name, content in (("a.docx", docx(LAW.splitlines())), ("a.pdf", pdf([LAW.splitlines()]))):
        assert read_legal_text(written(tmp_path, name, content))[0] == tree


def test_a_text_in_sections_is_cut_where_its_sections_stand(tmp_path: Path) -> None:
    text = "关于审核的通知 一、范围 （一）企业 列入名单的。 （二）机构 列入名单的。 二、要求 列入名单的。"
    notice = text.replace(" ", "\n")
    made = import_instrument(written(tmp_path, "a.txt", notice), tmp_path / "own", Particulars(id="n"))
    provisions = Library.load((tmp_path / "own",)).instrument(made.id).provisions
    texts = {address: provision.text for address, provision in provisions.items() if address}
    assert texts == {
        "sec_1": "一、范围\n（一）企业\n列入名单的。\n（二）机构\n列入名单的。",
        "sec_1_1": "（一）企业\n列入名单的。",
        "sec_1_2": "（二）机构\n列入名单的。",
        "sec_2": "二、要求\n列入名单的。",
    }
    assert provisions["sec_1_2"].label.endswith("一（二）")


@pytest.mark.parametrize(
    ("title", "identity"), [("某市ABC办法", "msabcbf"), ("！", "text"), ("某市办法（2018）", "msbf2018")]
)
def test_ids_are_pinyin_initials(title: str, identity: str) -> None:
    assert derive_id(parse_instrument(f"{title}\n第一条 甲。")) == identity
