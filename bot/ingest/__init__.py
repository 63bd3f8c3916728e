"""Documents in: the reader's PDF, text or Markdown to sections, paragraphs, pages, tables, and to a pack's places."""
