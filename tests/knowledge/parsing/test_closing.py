from knowledge.parser import parse_instrument

TAIL = "公开方式：主动公开\n某局办公室　2024年4月18日印发"


def test_signature_day_and_imprint_are_no_part_of_the_last_article() -> None:
    law = parse_instrument(f"某办法\n第一条 自公布之日起施行。\n某市某局\n2024年4月18日\n{TAIL}")
    assert [paragraph.text for paragraph in law.articles[-1].paragraphs] == ["自公布之日起施行。"]
    assert law.closing == ("某市某局", "2024年4月18日")
    assert law.annexes == tuple(TAIL.split("\n"))


def test_a_last_article_without_a_day_keeps_its_lines() -> None:
    law = parse_instrument("某办法\n第一条 下列机关负责：\n某市某局")
    assert [paragraph.text for paragraph in law.articles[-1].paragraphs] == ["下列机关负责：", "某市某局"]
    assert law.closing == ()
