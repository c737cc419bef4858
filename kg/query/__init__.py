"""The read path: questions, descriptions, evidence."""
