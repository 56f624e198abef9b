"""The Ombudsman's view of a landlord: findings, the maladministration rate, orders, challenges, money, learning."""
