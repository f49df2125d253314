"""How a service is asked over HTTP: one edge for all routes, problem details for all refusals, pages for all lists."""
