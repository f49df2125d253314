"""One function per command or event of partnership: load, decide, save, publish."""
