"""What a programme is, who could meet a need, and how well: pure."""
