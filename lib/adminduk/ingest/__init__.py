"""What was received becomes counts and claims."""
