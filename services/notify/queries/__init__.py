"""What can be read of notify: SQL straight to what is shown, past the domain's commands."""
