"""What a committee needs that is to accept a training base, in one answer."""
