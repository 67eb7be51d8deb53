"""What operators watch: numbers for Prometheus, the trace of a message through the logs, the checks of
``xize preflight``. Nothing here knows who speaks or what is said."""
