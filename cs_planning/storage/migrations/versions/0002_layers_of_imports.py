"""What each import brought, so that it can be undone."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "import_layers",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("import_id", sa.Text(), nullable=False),
        sa.Column("log_id", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_import_layers")),
    )
    op.create_index(op.f("ix_import_layers_import_id"), "import_layers", ["import_id"], unique=False)
    op.create_table(
        "import_layer_files",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["number"], ["import_layers.number"], name=op.f("fk_import_layer_files_number"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "file_name", name=op.f("pk_import_layer_files")),
    )
    op.add_column("imports", sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("imports", sa.Column("undone_by", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("imports", schema=None) as batch_op:
        batch_op.drop_column("undone_by")
        batch_op.drop_column("undone_at")
    op.drop_table("import_layer_files")
    op.drop_index(op.f("ix_import_layers_import_id"), table_name="import_layers")
    op.drop_table("import_layers")
