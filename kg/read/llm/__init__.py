"""Proposals by a language model behind an OpenAI-compatible address, through the same gate as the rules."""
