"""Real Apache Kafka and PostgreSQL from wheels, without containers: for development, tests and the local demo."""
