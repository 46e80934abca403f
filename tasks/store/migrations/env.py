"""Edge: Alembic. Runs the steps on the connection that it is handed."""

from alembic import context

from tasks.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    user_module_prefix="",  # our own types are imported by the template
    render_as_batch=True,  # SQLite alters a table by copying it
    transaction_per_migration=False,  # the caller's transaction holds all of it
)
context.run_migrations()
