"""A form as HTML: a tree of component views from an app's files and data, and the templates that show it."""
