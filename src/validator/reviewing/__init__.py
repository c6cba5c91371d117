"""Many reports of one period: who sent what, how they join, what goes back to each unit."""
