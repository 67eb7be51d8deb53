from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "industry"),
    [
        ("我们是做电镀的", "电镀"),
        ("我司属于印染行业", "印染"),
        ("我们是深圳一家线路板厂", "线路板"),
        ("公司做光伏组件的", "光伏组件"),
    ],
)
def test_takes_the_words_of_what_they_do(facts: Facts, said: str, industry: str) -> None:
    assert facts(said) == {"industry": industry}


@pytest.mark.parametrize(
    "said", ["电镀厂多久做一轮", "我们是咨询公司", "我们做清洁生产审核", "我们是做什么的", "我们是小企业"]
)
def test_other_words_are_no_industry(facts: Facts, said: str) -> None:
    assert "industry" not in facts(said)


@pytest.mark.parametrize(
    ("said", "industry"),
    [
        ("我们是龙岗做铅蓄电池的", "铅蓄电池"),
        ("we make lead-acid batteries in Longgang", "铅蓄电池"),
        ("公司主要给五金件镀铬镀镍", "镀铬镀镍"),
        ("公司主要给五金件镀铬镀镍，电镀厂嘛", "电镀"),
        ("锂电池，不是铅酸的", "锂电池"),
        ("我厂以前做电镀，现在改做五金冲压了", "五金冲压"),
        ("这边是家化学制品厂", "化学制品"),
        ("我是坪山这边的电镀厂", "电镀"),
        ("阿拉厂是搞电镀的", "电镀"),
        ("我是福永一家五金电镀厂的环保专员", "五金电镀"),
        ("在松岗开了家皮革厂", "皮革"),
        ("我们在坪地有个电镀厂", "电镀"),
        ("我们厂的话是搞五金喷涂的", "五金喷涂"),
        ("坪山这边的电镀厂，我是新来的环保专员", "电镀"),
        ("公司产品主要是线路板", "线路板"),
        ("我们三家公司：宏达、兴业、永昌都是做电镀的", "电镀"),
    ],
)
def test_takes_it_beside_where_and_for_whom(facts: Facts, said: str, industry: str) -> None:
    assert facts(said) == {"industry": industry}


@pytest.mark.parametrize(
    "said",
    [
        "我们给电镀厂供原料的",
        "我们服务过皮革厂",
        "我们隔壁是家皮革厂",
        "我们这边的电镀厂都搬走了",
        "我们做电镀行业的审核比较多",
        "我们是坪山电镀园区的物业",
        "我朋友那家厂做水泥的，他们几年一轮",
    ],
)
def test_the_works_of_others_are_not_theirs(facts: Facts, said: str) -> None:
    assert facts(said) == {}


@pytest.mark.parametrize(
    "said",
    [
        "再说吧",
        "随便",
        "没有",
        "到时候通知我哈",
        "帮我盯着",
        "等我问下",
        "注册好了",
        "别问了",
        "tell you later",
    ],
)
def test_not_every_answer_to_the_question_for_it_is_an_industry(facts: Facts, said: str) -> None:
    assert "industry" not in facts(said, asked=("industry",))


@pytest.mark.parametrize(
    ("said", "industry"),
    [("灯具", "灯具"), ("不锈钢制品", "不锈钢制品"), ("就是做注塑的", "注塑"), ("plastics", "plastics")],
)
def test_a_bare_trade_answers_the_question_for_it(facts: Facts, said: str, industry: str) -> None:
    assert facts(said, asked=("industry",)) == {"industry": industry}


def test_a_field_of_study_in_brackets_is_no_industry(facts: Facts) -> None:
    assert facts("强制审核，大专以上（环境、化工）7人") == {"audit_kind": "mandatory", "degree_staff": 7}
