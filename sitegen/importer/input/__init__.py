"""What a user names on the command line, as single inputs."""
