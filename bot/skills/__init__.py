"""One file per thing the assistant can do. A skill takes a Turn and gives a Reply; it knows no channel."""
