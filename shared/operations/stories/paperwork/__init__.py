"""What story S4 is made of: a year group of interns, their papers in batches, and one who leaves."""
