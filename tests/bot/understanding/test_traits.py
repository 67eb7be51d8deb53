"""Facts that are so or not in words that no finer reader knows, and what is near them and tells nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]

TOLD = {
    "testing_equipment": (
        ("测试设备公司自己买的", "能测水平衡的设备，我们都有", "检测分析的设备我们都有"),
        ("物料平衡水平衡那些检测仪器，我们一样都没有", "检测分析器具这块是空白"),
    ),
    "auditors_experienced": (
        ("审核人员经验都很足", "审核师个个都带过企业"),
        ("审核师们还没上过手", "审核人员经验不够"),
    ),
    "independent_legal_person": (("企业法人资格具备",), ("我们不具备法人资格",)),
    "quality_system": (("体系和制度都齐",), ("质量保证体系我们还没弄",)),
    "process_staff": (("有两位熟悉行业工艺的技术人员",), ("熟悉生产工艺的技术人员一个都没有",)),
    "audit_method_staff": (("审核方法大家都掌握",), ("没有人懂审核方法",)),
    "all_staff_trained": (("专职人员百分之百培训合格",), ("专职的不是个个都培训过",)),
    "process_capability": (
        ("物料平衡、能量平衡的计算我们自己做得了", "工艺流程的技术分析，我们能独立完成"),
        ("能量平衡我们自己算不来", "我们没能力做物料平衡计算"),
    ),
    "materials_submitted": (("验收资料全部递完了",), ("材料一份都没交",)),
    "significant_effect": (("审核取得了明显效果",), ("节能减排没什么明显效果",)),
    "insurance_stamped": (("社保清单上都有章",), ("社保证明还没去盖章",)),
    "extension_proof": (("延期的证明材料都备好了",), ("延期证明我们没有",)),
    "in_catalogue": (("名录里有我们这个行业",), ("我们行业没进名录",)),
    "on_next_list": (("下一轮的名单我们在里面",), ("下轮名单没我们",)),
}
ROWS = [
    (text, {fact: value})
    for fact, both in TOLD.items()
    for texts, value in zip(both, (True, False), strict=True)
    for text in texts
]


@pytest.mark.parametrize(("text", "told"), ROWS)
def test_a_matter_with_words_that_say_or_deny_it_is_told(
    facts: Facts, text: str, told: dict[str, bool]
) -> None:
    assert facts(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "检测设备没年检",
        "检测仪器正在采购",
        "仪器说明书没有",
        "检测设备是租的",
        "检测设备没有也没关系吧",
        "审核师没来上班",
        "审核师最好有经验",
        "法人变更没办",
        "质量体系认证费没交",
        "去年还没有质量体系",
        "工艺技术人员没空",
        "审核方法培训没去",
        "专职人员都参加了安全培训",
        "专职人员有没有都培训",
        "物料平衡报告没交",
        "水平衡测试没做",
        "材料费没交",
        "材料下周交",
        "施工材料没送到",
        "改造效果怎么样",
        "社保证明怎么盖章",
        "延期证明要什么",
        "名录还没公布",
        "专家名录里没有我们",
        "下一轮名单还没公布",
        "以前没有检测设备",
        "隔壁厂没有检测设备",
        "规定要有检测设备",
    ],
)
def test_what_only_sounds_like_it_tells_nothing(facts: Facts, text: str) -> None:
    assert facts(text) == {}


def test_some_are_not_all(facts: Facts) -> None:
    assert "all_staff_trained" not in facts("5个专职人员培训合格")


def test_materials_in_talk_of_an_extension_are_another_matter(facts: Facts) -> None:
    assert "materials_submitted" not in facts("材料一份都没交", goal="extension")
