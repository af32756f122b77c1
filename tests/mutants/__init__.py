"""Single mistakes in valid documents: making them, having them judged, and what is wanted of what is said."""
