"""Language tools shared by answers, quiz and ingest: pure functions over words."""
