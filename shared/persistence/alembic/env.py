"""What Alembic runs: one service's migrations, on the connection that `shared.persistence.migrations` hands over."""

from alembic import context

connection = context.config.attributes["connection"]
stepped = context.config.attributes.get("stepped") or (lambda: None)

context.configure(
    connection=connection,
    target_metadata=context.config.attributes["metadata"],
    version_table="schema_version",
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
    on_version_apply=lambda **_step: stepped(),
)
context.run_migrations()
