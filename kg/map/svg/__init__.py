"""A map as a static picture: SVG and PNG."""
