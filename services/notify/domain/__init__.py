"""Who is to hear of what, in which words and when; what a feed entry is and in which order a story is told."""
