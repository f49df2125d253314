"""Recognition, leave, engagements and recruitment over HTTP."""
