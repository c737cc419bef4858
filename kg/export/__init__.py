"""Files for other programs: networks, tables and graphs. Equal input gives equal bytes."""
