"""Archives of any size -> claims: shards, each worked through by itself, on one machine or many."""
