"""How a service is asked over HTTP: one edge for every route, problem details for every refusal, pages for every list."""
