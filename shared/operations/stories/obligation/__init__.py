"""Story S3: the clock of new teachers, who owe half a year of practice in one piece within their first two years."""
