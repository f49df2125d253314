"""Personal data: what a service holds of whom, how long and why; giving it out, erasing it, letting it go in time."""
