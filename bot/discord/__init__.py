"""The Discord front end: translates and delivers; what to say and who is right is decided below."""
