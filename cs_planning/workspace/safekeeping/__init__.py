"""Nothing is lost: backups and restoring, moving to another database, and what to do about damage."""
