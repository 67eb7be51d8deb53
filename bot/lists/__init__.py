"""Published lists of enterprises: read from a file, matched with companies, announced to their contacts."""
