"""Files of an app as code: what they say as text, where things stand in them, what is found in many."""
