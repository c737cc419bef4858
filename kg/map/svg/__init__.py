"""Static pictures of a map: SVG and PNG."""
