"""What happens when people ask for something about their own data: one module for each thing that they may ask."""
