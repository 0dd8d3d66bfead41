"""What people are told: notices in Studio, and by e-mail for those who want it."""
