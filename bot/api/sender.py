"""Reminders of API chats: written into the chat's transcript, where the caller fetches them as news."""

from __future__ import annotations

from bot.channels.web.sender import WebSender


class ApiSender(WebSender):
    """The Sender of chats of the API."""

    channel = "api"
