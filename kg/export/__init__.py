"""Writers: networks, tables and graphs as files and text. Same input, same bytes."""
