"""What the regulator publishes: national figures, the gates read from them, a landlord among its like."""
