"""What happens with rosters: they are kept, confirmed or dismissed, and their changes are made part by part."""
