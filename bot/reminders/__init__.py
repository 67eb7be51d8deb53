"""From deadlines to messages that arrive: planning, claiming, sending, settling."""
