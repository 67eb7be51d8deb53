"""What operators do in the chat: publish a list, read the numbers and the questions, send a notice to all."""
