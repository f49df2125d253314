"""What the environment may say about training alone, as `SUNMAO_TRAINING_<NAME>`."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class TrainingSettings(BaseSettings):
    """The settings of training."""

    model_config = SettingsConfigDict(env_prefix="SUNMAO_TRAINING_", frozen=True)
