"""The terminal front end: answers, views and the chat, with colour where it is wanted and as plain text elsewhere."""
