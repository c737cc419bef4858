"""Review of proposals by a person: the page, the dialogue on a terminal, and suggestions for names."""
