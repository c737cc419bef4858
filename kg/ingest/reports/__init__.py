"""Evidence from reports: accepted proposals become links, events, plans, claims and offices, sentence by sentence."""
