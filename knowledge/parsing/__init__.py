"""The steps of reading a Chinese legal text: lines, labels, front, body."""
