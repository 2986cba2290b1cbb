"""What Alembic runs the migrations in: a connection that `communique.store.migrate` hands over, in one transaction."""

from alembic import context

from communique.store.design import version_table
from communique.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=version_table.name,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
