"""What must survive a restart: talks, companies, facts, deadlines, deliveries. One protocol, many stores."""
