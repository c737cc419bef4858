"""Engines that project participation tables to ties."""
