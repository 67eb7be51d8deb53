"""The HTTP API: the machine interface over HTTP, for other systems. Mounted under ``/api/v1``."""
