"""Where the store and the papers meet: a paper of one landlord and day as the store holds what it is made of."""
