"""What every SQL store has in common: tables, statements, and what they mean. The stores add a driver."""
