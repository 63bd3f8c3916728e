"""Cards: what the bot shows, as layouts of Components V2."""
