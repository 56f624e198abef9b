"""What became of learning (design §9 and §5): the evidence ladder, how strong and whose it is, and whether it lasts."""
