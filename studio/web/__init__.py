"""What every page shares: shell, macros, htmx, errors, headers, languages."""
