from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("检测设备，我们啥都没有", {"testing_equipment": False}),
        ("检测仪器、分析设备，我们全套都有", {"testing_equipment": True}),
        ("能量平衡测试的设备，厂里一件都没有", {"testing_equipment": False}),
        ("延期的证明材料，手上一份都没有", {"extension_proof": False}),
        ("工艺流程的技术分析、物料平衡计算，我们都能独立完成", {"process_capability": True}),
        ("物料平衡计算、工艺流程分析，我们一样都做不了", {"process_capability": False}),
    ],
)
def test_a_topic_named_first_is_told_of_behind(facts: Facts, text: str, stated: dict[str, Any]) -> None:
    assert facts(text) == stated


@pytest.mark.parametrize(
    ("behind", "trained"),
    [("都经国家和省培训合格", True), ("也都考过国家和省里的审核师培训了", True), ("还没全部培训合格", False)],
)
def test_of_full_time_people_it_is_said_that_all_are_trained(
    facts: Facts, behind: str, trained: bool
) -> None:
    assert facts(f"专职高级职称2名，专职中级职称5名，{behind}")["all_staff_trained"] is trained


def test_of_other_people_it_is_not(facts: Facts) -> None:
    assert facts("审核师5个，都经省里培训合格") == {"trained_auditors": 5}
