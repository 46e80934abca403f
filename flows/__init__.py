"""When and in what order: commands, Prefect flows, the route, and the composition root."""
