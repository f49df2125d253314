"""One function per command or event: load, decide, save, publish."""
