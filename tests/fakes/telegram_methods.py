"""The Bot API's methods over the fake world, with the limits that the real server keeps."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.fakes.telegram_chats import Chat, Json, words
from tests.fakes.telegram_errors import ApiError, bad_request
from tests.fakes.telegram_markup import found_in, parse_html, units

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
TAP_BYTES = 64
TOAST_LIMIT = 200
RESULTS_LIMIT = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ABOUT_LIMITS = {"name": 64, "description": 512, "short_description": 120}

Params = Mapping[str, str]
Files = Mapping[str, tuple[str, bytes]]


class Methods:
    """One method here for each of the Bot API's; names differ in writing only."""

    def __init__(self, world: FakeTelegram) -> None:
        self._world = world
        self._poll = 0  # grows with each getUpdates; an older one that still waits is thrown out

    async def call(self, method: str, params: Params, files: Files) -> Any:
        """The ``result`` of a call. Raises ApiError."""
        name = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", method).lower()
        about = re.fullmatch(r"(get|set)_my_(name|description|short_description)", name)
        if about:
            return self._about(about[1], about[2], params)
        handler = getattr(self, f"do_{name}", None)
        if handler is None:
            raise ApiError(404, "Not Found: method not found")
        result = handler(params, files)
        return await result if asyncio.iscoroutine(result) else result

    # --- the bot itself ----------------------------------------------------------------------

    def do_get_me(self, params: Params, files: Files) -> Json:
        return {**self._world.bot_user, "can_join_groups": True, "can_read_all_group_messages": False}

    def _about(self, verb: str, field: str, params: Params) -> Any:
        key = (field, params.get("language_code", ""))
        if verb == "get":
            return {field: self._world.about.get(key, "")}
        if units(params.get(field, "")) > _ABOUT_LIMITS[field]:
            raise bad_request(f"bot {field} is too long")
        self._world.about[key] = params.get(field, "")
        return True

    def do_set_my_commands(self, params: Params, files: Files) -> bool:
        commands = json.loads(params["commands"])
        for item in commands:
            if not _COMMAND.fullmatch(item["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= units(item["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.menus[_menu_key(params)] = commands
        return True

    def do_get_my_commands(self, params: Params, files: Files) -> list[Json]:
        return self._world.menus.get(_menu_key(params), [])

    def do_set_chat_menu_button(self, params: Params, files: Files) -> bool:
        self._world.menu_button = json.loads(params["menu_button"])
        return True

    def do_get_chat_menu_button(self, params: Params, files: Files) -> Json:
        return self._world.menu_button

    # --- updates -----------------------------------------------------------------------------

    async def do_get_updates(self, params: Params, files: Files) -> list[Json]:
        world = self._world
        if world.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates method while webhook is active")
        self._poll += 1
        mine = self._poll
        world.confirm(int(params.get("offset", 0)))
        world.allow(json.loads(params.get("allowed_updates", "[]")))
        try:
            async with asyncio.timeout(float(params.get("timeout", 0))):
                while not world.waiting and mine == self._poll:
                    await world.stir()
        except TimeoutError:
            return []
        if mine != self._poll:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        return world.batch(int(params.get("limit", 100)))

    def do_set_webhook(self, params: Params, files: Files) -> bool:
        if not params["url"].startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if not _SECRET.fullmatch(params.get("secret_token", "")):
            raise bad_request("secret token contains unallowed characters")
        self._world.webhook = params["url"]
        self._world.webhook_secret = params.get("secret_token", "")
        self._world.allow(json.loads(params.get("allowed_updates", "[]")))
        return True

    def do_delete_webhook(self, params: Params, files: Files) -> bool:
        self._world.webhook = ""
        return True

    # --- messages ----------------------------------------------------------------------------

    def do_send_message(self, params: Params, files: Files) -> Json:
        chat = self._chat(params)
        text, entities = _parsed(params, "text", "parse_mode")
        if not text.strip():
            raise bad_request("message text is empty")
        if units(text) > TEXT_LIMIT:
            raise bad_request("message is too long")
        content = {"text": text, "entities": entities, **_markup(params)}
        return self._post(chat, {**content, **chat.topic(params.get("message_thread_id"))})

    def do_send_document(self, params: Params, files: Files) -> Json:
        chat = self._chat(params)
        caption, entities = _parsed(params, "caption", "parse_mode")
        if units(caption) > CAPTION_LIMIT:
            raise bad_request("message caption is too long")
        if not files:
            raise bad_request("there is no document in the request")
        name, content = next(iter(files.values()))
        document = self._world.keep_file(name, content)
        described = {"caption": caption, "caption_entities": entities} if caption else {}
        content = {"document": document, **described, **_markup(params)}
        return self._post(chat, {**content, **chat.topic(params.get("message_thread_id"))})

    def do_edit_message_text(self, params: Params, files: Files) -> Json:
        message = self._own(params)
        text, entities = _parsed(params, "text", "parse_mode")
        if units(text) > TEXT_LIMIT:
            raise bad_request("message is too long")
        return self._change(message, {"text": text, "entities": entities, **_markup(params)})

    def do_edit_message_reply_markup(self, params: Params, files: Files) -> Json:
        message = self._own(params)
        kept = {"text": words(message), "entities": message.get("entities", [])}
        return self._change(message, {**kept, **_markup(params)})

    def do_answer_callback_query(self, params: Params, files: Files) -> bool:
        query = params["callback_query_id"]
        if query not in self._world.unanswered_taps:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if units(params.get("text", "")) > TOAST_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        self._world.unanswered_taps.discard(query)
        return True

    def do_answer_inline_query(self, params: Params, files: Files) -> bool:
        query = params["inline_query_id"]
        if query not in self._world.open_queries:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        results = json.loads(params["results"])
        if len(results) > RESULTS_LIMIT:
            raise bad_request("RESULTS_TOO_MUCH")
        if len({one["id"] for one in results}) < len(results):
            raise bad_request("RESULT_ID_DUPLICATE")
        for one in results:
            _check_result(one)
        self._world.open_queries.discard(query)
        self._world.inline_answers.append({**params, "results": results})
        return True

    def do_get_chat_member(self, params: Params, files: Files) -> Json:
        chat, number = self._chat(params), int(params["user_id"])
        user = {"id": number, "is_bot": False, "first_name": f"用户{number}"}
        if number not in chat.administrators:
            return {"status": "member", "user": user}
        return {"status": "creator", "user": user, "is_anonymous": False}

    def do_send_chat_action(self, params: Params, files: Files) -> bool:
        self._chat(params)
        return True

    def do_get_file(self, params: Params, files: Files) -> Json:
        file = self._world.files.get(params["file_id"])
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file[1]) > self._world.download_limit:
            raise bad_request("file is too big")
        return {
            "file_id": params["file_id"],
            "file_unique_id": params["file_id"],
            "file_path": params["file_id"],
        }

    # --- shared ------------------------------------------------------------------------------

    def _chat(self, params: Params) -> Chat:
        chat = self._world.chats.get(int(params["chat_id"]))
        if chat is None:
            raise bad_request("chat not found")
        chat.admit()
        return chat

    def _post(self, chat: Chat, content: Json) -> Json:
        return self._world.say(chat, self._world.bot_user, content)

    def _own(self, params: Params) -> Json:
        message = self._chat(params).message(int(params["message_id"]))
        if message is None:
            raise bad_request("message to edit not found")
        if message["from"]["id"] != self._world.bot_user["id"]:
            raise bad_request("message can't be edited")
        return message

    def _change(self, message: Json, content: Json) -> Json:
        before = (words(message), message.get("entities", []), message.get("reply_markup"))
        if before == (content["text"], content["entities"], content.get("reply_markup")):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are the same"
            )
        message.pop("reply_markup", None)
        message.update(content, edit_date=self._world.timestamp())
        return message


def _parsed(params: Params, field: str, mode: str) -> tuple[str, list[Json]]:
    text = params.get(field, "")
    if params.get(mode, "").upper() == "HTML":
        text, entities = parse_html(text)
        return text.strip(), entities
    return text.strip(), found_in(text)


def _check_result(result: Json) -> None:
    """An article of inline mode: its id, its title, the message that it becomes."""
    if not 1 <= len(result["id"].encode()) <= TAP_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not result["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result["input_message_content"]
    text, _ = _parsed({**content, "text": content["message_text"]}, "text", "parse_mode")
    if not text.strip():
        raise bad_request("MESSAGE_EMPTY")
    if units(text) > TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")


def _menu_key(params: Params) -> tuple[str, str]:
    scope = json.loads(params.get("scope", '{"type": "default"}'))
    return f"{scope['type']}{scope.get('chat_id', '')}", params.get("language_code", "")


def _markup(params: Params) -> Json:
    if "reply_markup" not in params:
        return {}
    markup = json.loads(params["reply_markup"])
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > 100:
        raise bad_request("reply markup is too long")
    for button in buttons:
        _check_button(button)
    return {"reply_markup": markup}


def _check_button(button: Json) -> None:
    if not button["text"].strip():
        raise bad_request("can't parse inline keyboard button: text must be non-empty")
    if "url" in button:
        address = urlsplit(button["url"])
        if address.scheme not in ("http", "https", "tg") or "." not in (address.hostname or ""):
            raise bad_request(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
    elif not 1 <= len(button.get("callback_data", "").encode()) <= TAP_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
