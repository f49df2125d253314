"""What is watched, and who is told: SLOs and alerts as data, and the rule files that are generated from them."""
