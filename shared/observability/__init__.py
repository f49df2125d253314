"""What operators and newcomers see of a running process: log lines, numbers and traces that carry the same ids."""
