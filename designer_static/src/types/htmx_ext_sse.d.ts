// The extension registers itself with htmx when it is imported, and gives nothing. Its own sources do not type-check.
export {};
