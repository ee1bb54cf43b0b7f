"""Who somebody is and what they may do. Contact data lives in this room and nowhere else."""
