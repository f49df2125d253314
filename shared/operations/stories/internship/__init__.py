"""Story S2: internships that the rules let through, and those that they do not."""
