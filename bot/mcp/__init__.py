"""The law, the checks and the dates as tools of other assistants (Model Context Protocol)."""
