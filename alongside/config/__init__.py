"""Settings, addresses and the outermost wiring: the top layer, which nothing else imports."""
