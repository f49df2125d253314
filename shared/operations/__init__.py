"""Running the services and looking after them: one command line, `sunmao`, for both editions."""
