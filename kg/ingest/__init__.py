"""The write path: files become checked evidence in a store."""
