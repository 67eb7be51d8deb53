"""Telegram: updates become Incoming, replies become messages. The only room that knows ``telegram``."""

import os

# The library's newer form of durations; without it each RetryAfter raises a deprecation warning.
os.environ.setdefault("PTB_TIMEDELTA", "true")
