"""Environment (or ``.env``) -> checked Settings. Each error names its variable; secrets never show."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self
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
    timezone: str = "Asia/Shanghai"
    log_format: Literal["text", "json"] | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("api_keys", "operators", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

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
