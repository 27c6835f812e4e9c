"""How the tables and the model of `index/model` are made; nothing here runs for a user."""
