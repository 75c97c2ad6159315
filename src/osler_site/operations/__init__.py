"""Running it: health, metrics, logs, security headers, set-up."""
