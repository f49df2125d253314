"""What the environment may say about talent alone, as `SUNMAO_TALENT_<NAME>`."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class TalentSettings(BaseSettings):
    """The settings of talent."""

    model_config = SettingsConfigDict(env_prefix="SUNMAO_TALENT_", frozen=True)
