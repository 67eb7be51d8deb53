"""Reminders by e-mail, WeCom, Feishu and DingTalk: to addresses that an operator has configured, by name."""

CHANNEL = "notify"
