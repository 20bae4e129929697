"""Claims + Judgements -> Record."""
