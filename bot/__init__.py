"""briefbot: answers questions about a policy brief, down to the paragraph, or says that the brief does not."""
