"""Words -> Understanding: what a message says, and nothing that it does not say."""
