"""The Python hooks of an app, run in processes of their own that can do nothing but reckon and answer."""
