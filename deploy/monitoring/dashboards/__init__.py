"""The dashboards as code: one module each, written as JSON by `python -m deploy.monitoring.dashboards write`."""
