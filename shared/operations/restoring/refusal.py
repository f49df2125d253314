"""What a restore answers when it would do harm."""

from shared.operations.settings import SettingsError


class RestoreRefusedError(SettingsError):
    """A restore that would do harm as things are; says what must be so first."""
