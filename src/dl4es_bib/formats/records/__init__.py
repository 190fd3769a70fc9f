"""Records of services, to works."""
