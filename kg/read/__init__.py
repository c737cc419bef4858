"""Proposals from the text of reports: documents, mentions, statements and the gate that checks each quote."""
