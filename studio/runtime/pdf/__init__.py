"""Forms as PDF: tagged, with a language and headings, made in this process (docs/decisions)."""
