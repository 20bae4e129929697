"""Any chat-completions or messages endpoint as an engine; every value stands in the report or is left out."""
