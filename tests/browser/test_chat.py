"""The whole way on the page, as a person goes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Dialog, FilePayload, Page, expect

from bot.messages import Attachment, Button, Intent, Reply, Text
from tests.browser.conftest import DESKTOP, PHONE, Visit
from tests.browser.site import Site

pytestmark = pytest.mark.browser

PEOPLE = "自己做审核要几个审核师？"


def ask(page: Page, text: str) -> None:
    page.get_by_label("输入问题").fill(text)
    page.keyboard.press("Enter")


def replies(page: Page) -> Any:
    return page.locator(".line.xize")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_question_is_answered_and_a_button_goes_on(visit: Visit, size: dict[str, Any]) -> None:
    page = visit(**size)
    expect(page.get_by_role("heading", name="您好")).to_be_visible()
    ask(page, PEOPLE)
    expect(page.locator(".line.user .bubble")).to_contain_text(PEOPLE)
    expect(replies(page)).to_have_count(1)
    expect(page.locator("#welcome")).to_be_hidden()
    expect(page.locator("#typing")).to_be_hidden()
    page.get_by_role("button", name="核对我们的人").click()
    expect(replies(page)).to_have_count(2)
    expect(page.locator(".line.user .bubble").last).to_contain_text("核对我们的人")
    expect(page.locator(".line.pending")).to_have_count(0)


def test_an_example_is_sent_by_a_tap(visit: Visit, site: Site) -> None:
    page = visit()
    example = page.locator(".example").first
    words = example.inner_text()
    example.click()
    expect(replies(page)).to_have_count(1)
    assert [incoming.text for incoming in site.house.assistant.heard] == [words]


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit()
    expect(page.get_by_label("输入问题")).to_be_focused()
    page.locator("header a").first.focus()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="跳到输入框")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_label("输入问题")).to_be_focused()
    page.keyboard.type(PEOPLE)
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(1)
    expect(page.get_by_label("输入问题")).to_be_focused()
    page.keyboard.press("Shift+Tab")  # the file button
    page.keyboard.press("Shift+Tab")  # the last chip
    expect(page.get_by_role("button", name="为什么是 4 名")).to_be_focused()
    page.keyboard.press("Enter")
    expect(replies(page)).to_have_count(2)


def test_a_clause_folds_by_keyboard(visit: Visit) -> None:
    page = visit()
    ask(page, PEOPLE)
    words = page.locator(".clause blockquote")
    expect(words).to_be_visible()
    page.locator(".clause summary").focus()
    page.keyboard.press("Enter")
    expect(words).to_be_hidden()


def test_an_input_methods_enter_does_not_send(visit: Visit, site: Site) -> None:
    page = visit()
    words = page.get_by_label("输入问题")
    words.fill("qing")
    words.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    words.dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    words.press("Shift+Enter")
    expect(words).to_have_value("qing\n")
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)
    assert len(site.house.assistant.heard) == 1


def test_the_composer_grows_and_is_empty_after_sending(visit: Visit) -> None:
    page = visit()
    words = page.get_by_label("输入问题")
    send = page.get_by_role("button", name="发送", exact=True)
    expect(send).to_be_disabled()
    before = _height(words)
    words.fill("一\n二\n三\n四")
    assert _height(words) > before * 2
    send.click()
    expect(words).to_have_value("")
    assert _height(words) == before


def test_history_and_draft_survive_a_reload(visit: Visit) -> None:
    page = visit()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)
    page.get_by_label("输入问题").fill("还没写完")
    page.reload()
    expect(replies(page)).to_have_count(1)
    expect(page.locator(".line.user")).to_have_count(1)
    expect(page.locator("#welcome")).to_be_hidden()
    expect(page.get_by_label("输入问题")).to_have_value("还没写完")


def test_markup_that_a_user_writes_is_text(visit: Visit) -> None:
    page = visit()
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    attack = "<img src=x onerror=alert(1)><b>粗</b>"
    ask(page, attack)
    expect(replies(page)).to_have_count(1)
    page.reload()
    expect(page.locator(".line.user .bubble p")).to_have_text(attack)
    expect(page.locator("#log img, #log b")).to_have_count(0)
    assert dialogs == []


def test_two_tabs_show_the_same_talk(visit: Visit) -> None:
    first = visit()
    ask(first, PEOPLE)
    expect(replies(first)).to_have_count(1)
    second = visit(first.context)
    expect(replies(second)).to_have_count(1)
    ask(second, "5 个大专、3 个审核师，够不够？")
    expect(replies(first)).to_have_count(2)
    expect(first.locator(".line.user")).to_have_count(2)


def test_a_reminder_arrives_by_itself_once_with_its_buttons(visit: Visit, site: Site) -> None:
    page = visit()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)
    reminder = Reply(
        Intent.REMINDERS, (Text("还有 7 天：平台注册", "headline"),), (Button("已完成", "done:7"),)
    )
    site.remind(reminder, 7_000)
    site.remind(reminder, 7_000)
    expect(page.get_by_text("还有 7 天：平台注册")).to_have_count(1)
    page.get_by_role("button", name="已完成").click()
    expect(replies(page)).to_have_count(3)
    assert site.house.assistant.heard[-1].tap == "done:7"


def test_what_is_said_without_a_network_is_sent_when_it_is_back(visit: Visit, site: Site) -> None:
    page = visit()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)
    page.context.set_offline(True)
    expect(page.locator("#link")).to_have_text("没有网络，连上后会自动继续")
    ask(page, "名单是 11 月 20 号发布的")
    expect(page.locator(".line.pending .trouble")).to_be_visible()
    page.context.set_offline(False)
    expect(replies(page)).to_have_count(2)
    expect(page.locator("#link")).to_be_hidden()
    expect(page.locator(".line.pending, .trouble")).to_have_count(0)
    assert len(site.house.assistant.heard) == 2


def test_where_streams_are_blocked_plain_questions_hear_the_answer(visit: Visit) -> None:
    page = visit()
    page.route("**/chat/events*", lambda route: route.abort())
    page.reload()
    expect(page.locator("#welcome")).to_be_visible()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)
    expect(page.locator("#link")).to_be_hidden()


def test_what_was_forgotten_leaves_the_open_page(visit: Visit, site: Site) -> None:
    page = visit()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)
    site.house.assistant.script = lambda incoming: Reply(Intent.FORGET, (Text("都删了。", "headline"),))
    ask(page, "忘记我")
    expect(page.get_by_text("都删了。")).to_be_visible()
    expect(page.locator(".line")).to_have_count(1)
    page.reload()
    expect(page.locator(".line")).to_have_count(1)


def test_a_refused_message_says_why_and_stays_where_it_was_said(visit: Visit) -> None:
    page = visit()
    ask(page, "好" * 20_001)
    expect(page.locator(".trouble")).to_contain_text("太长了")
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)
    expect(page.locator(".line").first).to_contain_text("太长了")
    expect(page.locator(".line").last).to_have_class("line xize fresh")


def test_a_picture_is_seen_in_the_talk(visit: Visit, site: Site, tmp_path: Path) -> None:
    path = tmp_path / "时间轴.png"
    Image.new("RGB", (40, 20)).save(path)
    page = visit()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)

    picture = Attachment("时间轴.png", "image/png", path)
    site.remind(Reply(Intent.EXPORT, (Text("时间轴图片。", "headline"),), attachments=(picture,)), 8)

    expect(page.get_by_role("img", name="时间轴.png")).to_have_js_property("naturalWidth", 40)
    expect(page.get_by_role("link", name="下载 时间轴.png")).to_be_visible()


def test_a_file_is_sent_and_a_huge_one_is_not(visit: Visit, site: Site) -> None:
    page = visit()
    page.locator("#file").set_input_files({"name": "名单.csv", "mimeType": "text/csv", "buffer": b"a,b"})
    expect(replies(page)).to_have_count(1)
    expect(page.locator(".line.user .bubble")).to_contain_text("名单.csv")
    huge: FilePayload = {"name": "a.csv", "mimeType": "text/csv", "buffer": b"x" * 1_000_001}
    page.locator("#file").set_input_files(huge)
    expect(page.get_by_role("alert")).to_contain_text("文件太大")
    assert len(site.house.assistant.heard) == 1


def test_a_file_that_the_server_refuses_says_why(visit: Visit, site: Site) -> None:
    page = visit()
    page.locator("#file").set_input_files({"name": "名册.csv", "mimeType": "text/csv", "buffer": b""})
    expect(page.locator(".trouble")).to_have_text("文件是空的，请检查后再发。")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    assert site.house.assistant.heard == []


def test_a_file_on_its_way_shows_how_far_it_is(visit: Visit) -> None:
    page = visit()
    slow = {"offline": False, "latency": 20, "downloadThroughput": 5e6, "uploadThroughput": 1.2e6}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
    file: FilePayload = {"name": "名册.csv", "mimeType": "text/csv", "buffer": b"x" * 900_000}
    page.locator("#file").set_input_files(file)
    expect(page.get_by_role("progressbar", name="正在上传")).to_be_visible()
    expect(replies(page)).to_have_count(1)
    expect(page.get_by_role("progressbar")).to_have_count(0)


def test_dropped_and_pasted_files_are_sent_each_by_itself(visit: Visit, site: Site) -> None:
    page = visit()
    for event, names in (("drop", ("a.csv", "b.csv")), ("paste", ("c.csv",))):
        page.evaluate(
            """([event, names]) => {
                const carried = new DataTransfer();
                for (const name of names) carried.items.add(new File(["x"], name));
                const given = { bubbles: true, dataTransfer: carried, clipboardData: carried };
                const Made = event === "drop" ? DragEvent : ClipboardEvent;
                document.getElementById("words").dispatchEvent(new Made(event, given));
            }""",
            [event, list(names)],
        )
    expect(replies(page)).to_have_count(3)
    heard = [incoming.file.name for incoming in site.house.assistant.heard]
    assert heard == ["a.csv", "b.csv", "c.csv"]


def test_a_link_to_a_clause_asks_for_it_and_leaves_a_clean_address(visit: Visit, site: Site) -> None:
    page = visit()
    page.goto(f"{site.url}?start=art_10")
    expect(replies(page)).to_have_count(1)
    assert page.url == site.url
    assert [incoming.text for incoming in site.house.assistant.heard] == ["/start art_10"]


@pytest.mark.parametrize("accepted", [True, False])
def test_an_invitation_is_used_only_when_it_is_accepted(visit: Visit, site: Site, accepted: bool) -> None:
    page = visit()
    page.goto(f"{site.url}?start=join_0123456789abcdef")
    expect(page.get_by_role("button", name="加入", exact=True)).to_be_focused()
    assert page.url == site.url
    page.get_by_role("button", name="加入" if accepted else "不加入", exact=True).click()
    expect(page.locator("#invited")).to_be_hidden()
    expect(page.get_by_label("输入问题")).to_be_focused()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(2 if accepted else 1)
    expect(page.get_by_text("join_")).to_have_count(0)
    heard = [incoming.text for incoming in site.house.assistant.heard]
    assert heard == (["/start join_0123456789abcdef"] if accepted else []) + [PEOPLE]


def test_a_lost_cookie_gives_a_fresh_page_rather_than_silence(visit: Visit) -> None:
    page = visit()
    page.context.clear_cookies()
    page.reload()
    ask(page, PEOPLE)
    expect(replies(page)).to_have_count(1)


@pytest.mark.parametrize(("locale", "words"), [("zh-TW", "您好"), ("en-GB", "Hello")])
def test_the_page_speaks_the_readers_language(visit: Visit, locale: str, words: str) -> None:
    page = visit(locale=locale)
    expect(page.get_by_role("heading", level=2)).to_contain_text(words)
    page.get_by_role("link", name="简体中文").click()
    expect(page.get_by_role("button", name="发送", exact=True)).to_be_visible()


def _height(words: Any) -> float:
    box = words.bounding_box()
    assert box is not None
    return float(box["height"])
