"""Environment (or ``.env``) -> checked Settings. Each error names its variable; secrets never show."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "XIZE_"


class Settings(BaseSettings):
    """What an operator can set. Names are ``XIZE_`` and the field in capitals."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: str = Field("sqlite:///data/xize.db", pattern=r"^(sqlite:///|postgresql://).+")
    library: Path = Path("data/knowledge")  # instruments that the operator imported
    telegram_token: SecretStr | None = None
    telegram_api_url: AnyHttpUrl | None = None
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_proxy: str | None = None
    public_url: AnyHttpUrl | None = None
    webhook_secret: SecretStr | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=1, le=65535)
    api_keys: Annotated[tuple[SecretStr, ...], NoDecode] = ()
    notify: SecretStr | None = None  # other channels: name=apprise-url pairs
    operators: Annotated[tuple[int, ...], NoDecode] = ()
    operator_password: SecretStr | None = None
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "::1")  # addresses or networks
    timezone: str = "Asia/Shanghai"
    log_format: Literal["text", "json"] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    rulebook: Path | None = None  # a folder that stands in for the built-in rulebook
    metrics_token: SecretStr | None = Field(None, min_length=16)  # who bears it reads /metrics
    keep_transcripts: int = Field(365, ge=1, le=36500)  # days
    keep_updates: int = Field(30, ge=1, le=36500)
    keep_journal: int = Field(1095, ge=1, le=36500)
    keep_feedback: int = Field(365, ge=1, le=36500)
    limit_messages: int = Field(30, ge=1)  # of one chat, or one person in it, a minute
    limit_files: int = Field(20, ge=1)  # of one chat, or one person in it, an hour
    limit_companies: int = Field(200, ge=1)  # of one contact

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret value, for striking out; the password in the database's address too."""
        held: list[str] = [urlsplit(self.database_url).password or ""]
        for name in type(self).model_fields:
            value = getattr(self, name)
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, SecretStr):
                    secret = one.get_secret_value()
                    held += [secret, secret.rpartition(":")[2]]  # alone too: what follows a name or number
        return tuple(secret for secret in held if secret)

    @field_validator("api_keys", "operators", "trusted_proxies", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("trusted_proxies")
    @classmethod
    def _known_networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            try:
                ip_network(one)
            except ValueError:
                raise ValueError(f"not an address or network: {one}") from None
        return value

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no such time zone") from error
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token_shape(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _looks_like_token(value.get_secret_value()):
            raise ValueError("not a Telegram token (digits, a colon, letters; BotFather gives one)")
        return value

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.telegram_mode == "webhook":
            for name in ("public_url", "webhook_secret"):
                if getattr(self, name) is None:
                    raise ValueError(
                        f"{PREFIX}{name.upper()} is needed when {PREFIX}TELEGRAM_MODE is webhook"
                    )
        return self


def _looks_like_token(token: str) -> bool:
    number, _, secret = token.partition(":")
    return number.isdigit() and len(secret) >= 10 and secret.replace("-", "").replace("_", "").isalnum()


def read_settings() -> Settings:
    """The settings from the environment. Raises SettingsError naming the variable, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError("; ".join(_sentence(dict(problem)) for problem in error.errors())) from None


def _sentence(problem: dict[str, object]) -> str:
    place = problem.get("loc")
    message = str(problem.get("msg", "")).removeprefix("Value error, ")
    if not isinstance(place, tuple) or not place:
        return message
    return f"{PREFIX}{str(place[0]).upper()}: {message}"
