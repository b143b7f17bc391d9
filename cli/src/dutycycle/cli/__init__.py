"""The `dutycycle` command: it speaks gRPC and starts processes; it imports no service."""
