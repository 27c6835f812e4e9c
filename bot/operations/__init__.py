"""What whoever runs the assistant needs: backup and restoring, migrations, setting up, looking."""
