"""What Tocsin does: one module or folder per stage of the route; pure decisions apart from the edges."""
