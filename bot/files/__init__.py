"""YAML in: content packs read strictly, every problem reported at once, with file, line, entry, key and the mend."""
