"""Companies named as the speaker's own or switched to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_ENDING: Final = r"(?:(?:股份|集团)?有限(?:责任)?公司|股份公司|集团公司|集团|研究院|设计院|事务所|工作室)"
_NAME: Final = r"[\u4e00-\u9fffa-zA-Z0-9()·&]{2,30}?"
_OWN: Final = re.compile(
    rf"(?:我们|我司|我厂|本公司|本厂|公司|企业|单位)(?:公司|厂|单位)?(?:的)?(?:名字|全称|名称|全名|简称)?(?:是|叫做?|名叫|为|:|叫做)\s?(?P<name>{_NAME}{_ENDING})"
)
_CALLED: Final = re.compile(
    r"(?:我们|我司|我厂|本公司|公司|企业|单位)(?:公司|厂|单位)?(?:的)?(?:名字|全称|名称|全名)?(?:叫做?|名叫|全称是|名称是|名字是|名称:|全称:)\s?(?P<name>[\u4e00-\u9fffa-zA-Z0-9()·&-]{2,30})"
)
_SWITCH: Final = re.compile(
    r"(?:换|切换|切|转|改)(?:到|成|为|去)(?!强制|自愿|自己|自行|别的|其他|另)(?:公司)?\s?(?P<name>[\u4e00-\u9fffa-zA-Z0-9()·&-]{1,30})"
    r"|(?:换一家|换家|另一家|另外一家|还有一家|新增一家|添加|新公司|换个公司|换公司)(?:公司|企业|客户)?(?:叫|是|:)?\s?(?P<other>[\u4e00-\u9fffa-zA-Z0-9()·&-]{2,30})"
)
_FULL: Final = re.compile(
    r"(?P<name>[\u4e00-\u9fff][\u4e00-\u9fffa-zA-Z0-9()·&]{2,28}?(?:有限(?:责任)?公司|股份有限公司))"
)
_ENGLISH: Final = re.compile(
    r"(?i:(?:our|my) company is(?: called)?|we are called|company name is|switch to|company:)\s+"
    r"(?P<name>[A-Z][\w&.' -]{1,40}?)(?=$|[,.;!?])"
)
_FOREIGN: Final = re.compile(
    r"听说|据说|隔壁|别的|他们|竞争对手|人家|客户是|比如|例如|咨询公司|代理公司|第三方"
)
_TAIL: Final = re.compile(r"(?:吧|的|了|呢|啊|那家|这家|的情况)+$")


def read_company(text: str, known: Sequence[str]) -> str | None:
    """The company that a message names as theirs or switches to, in full where it is one of ``known``."""
    if match := _SWITCH.search(text):
        name = _tidy(match["name"] or match["other"])
        return _known(name, known) or (name if _could_name(name) else None)
    for form in (_OWN, _CALLED, _ENGLISH):
        if (match := form.search(text)) and not re.search(r"什么|哪|几|多少|一家|做", match["name"]):
            return _known(_tidy(match["name"]), known) or _tidy(match["name"])
    for name in known:
        if _spoken_of(name, text):
            return name
    if not _FOREIGN.search(text) and (match := _FULL.search(text)):
        return _own_full_name(match["name"])
    return None


def _could_name(name: str) -> bool:
    return len(name) >= 2 and not re.match(r"[\d一两二三四五六七八九十几有是的叫]|看看|哪", name)


def _tidy(name: str) -> str:
    return _TAIL.sub("", name.strip())


def _known(name: str, known: Sequence[str]) -> str | None:
    """The one known company whose name holds ``name``."""
    exact = [company for company in known if company.lower() == name.lower()]
    holding = exact or [company for company in known if name and name.lower() in company.lower()]
    return holding[0] if len(holding) == 1 else None


def _spoken_of(company: str, text: str) -> bool:
    """A known company at the head of a message: 甲公司呢, 乙厂的名单是…"""
    return bool(company) and text.lower().startswith(company.lower())


def _own_full_name(name: str) -> str | None:
    return re.sub(r"^(?:我们是|我司是|我们|我司|这里是|是|您好|你好|我是)", "", name) or None
