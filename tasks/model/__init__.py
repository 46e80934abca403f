"""Types. The nouns of Tocsin: frozen, slotted, keyword-only dataclasses; tuples, not lists; instants aware and in UTC."""
