"""Commands: each cog declares, reads the interaction, calls one function, and hands the result to a card."""
