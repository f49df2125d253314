"""What a backup answers that cannot be made, or that must not be trusted."""

from shared.operations.settings import SettingsError


class BackupRefusedError(SettingsError):
    """A backup, or a restore from one, that would not be whole; says what must be so first."""
