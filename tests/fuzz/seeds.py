"""What strangers' writing is made of: pieces that readers look for, to be put together wrongly."""

from __future__ import annotations

import io
import json
import zipfile

_PLAIN = """
第 条 款 项 第十条 第（二）项 第三十五条之一 章 附则 、 ， 。 ； ： （ ） 《 》 “ ”
一 十 百 千 万 亿 两 〇 零 半 几 4 05 1e9 -3 3.5 ½ 名 人 个 年 月 日 号 岁 ％ 以上 不到
至少 左右 两三 二月三十日 2026-02-30 2026年11月20日 明天 上上周五 下个月底 审核师 大专
社保 高级职称 验收 名单 发布 强制 自愿 不对 不是 没有 都 也 吗 呢 ？ 我们公司叫
有限公司 到期前提醒我 取消 article years no 🙂 é ﬁ ① ㈠ = @ / < > & % {{ }} {% set:
done: null [ ]
"""
_ODD = ("\u200b", "\u202e", "\ufeff", "\x00", "\x1b", "\n", "\t", " ", "\u3000", "\\", "'", '"')

WORDS = (*_PLAIN.split(), *_ODD)

LONG = 20_000  # characters: what the web chat takes at most

_TEXTS = (
    "第一章 总则\n第一条 为了……，制定本细则。\n第二条 （一）甲；\n（二）乙。\n1.丙；\n2.丁。\n",
    "代理公司 5 个大专、3 个审核师，社保都满一年",
    "我们上了强制审核名单，2026年11月20日发布的",
    "办法第十六条第（二）款和细则第十条第1项",
    "set:trained_auditors:4",
    "company:id1:yes",
    "企业名称,统一社会信用代码,行业,审核类型\n深圳某某电镀厂,91440300MA5EQ1FU7X,电镀,强制\n",
    "姓名,学历,专业,审核师证书,社保月数,职称\n张三,大专,环境工程,国家,14,高级\n",
)
_OBJECTS: tuple[dict[str, object], ...] = (
    {"goal": "consultant-voluntary", "facts": {"degree_staff": {"min": 4}, "roster": [{"name": "a"}]}},
    {"events": {"list_published": "2026-01-31"}, "audit_kind": "mandatory", "leads": [30, 0], "done": ["x"]},
    {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 1,
            "chat": {"id": 7, "type": "private"},
            "from": {"id": 7, "is_bot": False, "first_name": "a"},
            "text": "/start x",
            "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
        },
    },
)


def examples() -> list[bytes]:
    """Well-formed input of every kind, for a fuzzer to spoil."""
    return [
        *(text.encode() for text in _TEXTS),
        *(json.dumps(tree).encode() for tree in _OBJECTS),
        _workbook(),
        b"\x01<html><body><p>\xe7\xac\xac\xe4\xb8\x80\xe6\x9d\xa1 x</p></body></html>",
    ]


def _workbook() -> bytes:
    from openpyxl import Workbook

    book, content = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for line in _TEXTS[-1].splitlines():
        sheet.append(line.split(","))
    book.save(content)
    # Stored rather than packed, so that a changed byte is a changed cell and not only a broken archive.
    plain = io.BytesIO()
    with zipfile.ZipFile(content) as packed, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as stored:
        for name in packed.namelist():
            stored.writestr(name, packed.read(name))
    return plain.getvalue()
