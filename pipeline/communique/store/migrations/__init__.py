"""How the tables of one version become those of the next: a file a version in `versions`, run by Alembic."""
