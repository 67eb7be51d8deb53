"""Files that law texts come in - text, Markdown, Word, PDF, HTML - each read into plain lines."""
