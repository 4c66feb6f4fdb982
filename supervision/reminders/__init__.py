"""催办: whom a step tells and how, what lies in the outbox, how it goes out, what came of it."""
