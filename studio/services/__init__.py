"""What all apps of an environment share: parties, authorization."""
