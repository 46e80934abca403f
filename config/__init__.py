"""With what: settings, the loader, and the data that people edit or extend."""
