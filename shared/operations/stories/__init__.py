"""Stories: what people do on the platform from beginning to end, as plain HTTP clients, and what must hold after."""
