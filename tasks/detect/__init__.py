"""Pure. What an article says of the watched events: sentences, dates, actors, factuality, attribution, mentions."""
