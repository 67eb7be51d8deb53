"""How the page looks: nothing cut off, nothing too small, the reader's place kept, paper clean."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from bot.messages import Button, Intent, Reply, Text
from tests.browser.conftest import PHONE, Visit
from tests.browser.site import Site

pytestmark = pytest.mark.browser

QUESTIONS = ("自己做审核要几个审核师？", "5 个大专、3 个审核师，够不够？", "名单是 11 月 20 号发布的，强制")


def talk(page: Page) -> None:
    for count, question in enumerate(QUESTIONS, 1):
        page.locator("#words").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".line.xize")).to_have_count(count)


def box(part: Locator) -> FloatRect:
    found = part.bounding_box()
    assert found is not None
    return found


@pytest.mark.parametrize("width", [320, 390, 1200])
def test_nothing_is_wider_than_the_screen(visit: Visit, width: int) -> None:
    page = visit(viewport={"width": width, "height": 700})
    page.locator("#words").fill("长" * 50 + "x" * 300)
    page.keyboard.press("Enter")
    talk_box = box(page.locator("main"))
    expect(page.locator(".line.xize")).to_have_count(1)
    for part in page.locator("header, footer, .bubble, .chip, nav a").all():
        place = box(part)
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= width
    assert talk_box["width"] <= width


def test_fingers_find_the_buttons_and_focus_does_not_zoom(visit: Visit) -> None:
    page = visit(**PHONE)
    for example in page.locator(".example").all():
        assert box(example)["height"] >= 40
    talk(page)
    for part in page.locator(".chip, .attach, #send").all():
        assert box(part)["height"] >= 40
    size = page.locator("#words").evaluate("words => getComputedStyle(words).fontSize")
    assert float(size.removesuffix("px")) >= 16


def test_the_welcome_is_shown_from_its_beginning(visit: Visit) -> None:
    page = visit(viewport={"width": 320, "height": 460})
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")  # all is there
    expect(page.get_by_role("heading", level=2)).to_be_in_viewport()


def test_the_newest_reply_is_in_view_and_a_reader_above_is_left_alone(visit: Visit) -> None:
    page = visit(viewport={"width": 390, "height": 640})
    talk(page)
    expect(page.locator(".chip").last).to_be_in_viewport()
    page.locator("#scroll").evaluate("part => { part.scrollTop = 0; }")
    expect(page.locator(".line.user").first).to_be_in_viewport()
    other = visit(page.context)
    other.locator("#words").fill("够不够？")
    other.keyboard.press("Enter")
    page.bring_to_front()
    expect(page.locator("#news")).to_be_visible()
    expect(page.locator(".line.user").first).to_be_in_viewport()
    page.locator("#news").click()
    expect(page.locator(".chip").last).to_be_in_viewport()
    expect(page.locator("#news")).to_be_hidden()


def test_after_a_tall_reply_the_next_answer_is_shown_from_its_beginning(visit: Visit) -> None:
    page = visit(viewport={"width": 390, "height": 460})
    for count, question in enumerate((*QUESTIONS, *QUESTIONS), 1):
        page.locator("#words").fill(question)
        page.keyboard.press("Enter")
        expect(page.locator(".line.xize")).to_have_count(count)
        expect(page.locator(".line.xize .headline").last).to_be_in_viewport()
        expect(page.locator("#news")).to_be_hidden()


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_a_reply_comes_in_block_by_block_unless_motion_is_unwelcome(visit: Visit, motion: str) -> None:
    page = visit(reduced_motion=motion)
    talk(page)
    parts = page.locator(".line.xize .bubble").last.locator("> :not(.spoken)")
    said = [part.evaluate("part => getComputedStyle(part).animationName") for part in parts.all()]
    assert set(said) == {"arrive" if motion == "no-preference" else "none"}
    page.reload()
    expect(page.locator(".line.xize")).to_have_count(len(QUESTIONS))
    assert page.locator(".fresh").count() == 0  # what is history is simply there


def test_opinions_stay_out_of_the_way_of_next_steps(visit: Visit, site: Site) -> None:
    buttons = (
        Button("核对我们的人", "check"),
        Button("👍", "liked:7"),
        Button("答非所问", "disliked:7:other"),
    )
    site.house.assistant.script = lambda incoming: Reply(Intent.HELP, (Text("好", "headline"),), buttons)
    page = visit(**PHONE)
    page.locator("#words").fill(QUESTIONS[0])
    page.keyboard.press("Enter")
    step, liked = page.locator(".chip").first, page.get_by_role("button", name="有用")
    assert box(liked)["width"] < box(step)["width"] / 2
    expect(page.locator(".opinion")).to_have_count(1)  # why it was disliked is a step as others are
    assert box(liked)["height"] >= 40
    liked.click()
    expect(page.locator(".line.xize")).to_have_count(2)
    assert site.house.assistant.heard[-1].tap == "liked:7"
    expect(page.locator(".line.user .bubble").last).to_contain_text("有用")


def test_a_reader_hears_replies_but_not_the_history(visit: Visit) -> None:
    page = visit()
    talk(page)
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(page.locator(".line.xize .spoken").first).to_have_text("细则说: ")
    for part in page.locator("button:visible, a:visible, textarea, input").all():
        assert part.evaluate("part => Boolean(part.ariaLabel || part.innerText || part.labels?.length)")


def test_paper_shows_the_talk_alone_with_every_clause_open(visit: Visit) -> None:
    page = visit()
    talk(page)
    page.locator(".clause summary").click()
    page.emulate_media(media="print")
    page.locator("body").evaluate("() => { dispatchEvent(new Event('beforeprint')); }")
    expect(page.locator(".clause blockquote")).to_be_visible()
    for part in ("footer", "nav", ".chips >> nth=0"):
        expect(page.locator(part)).to_be_hidden()
    page.locator("body").evaluate("() => { dispatchEvent(new Event('afterprint')); }")
    page.emulate_media(media="screen")
    expect(page.locator(".clause blockquote")).to_be_hidden()
