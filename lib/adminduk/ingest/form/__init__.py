"""The form an office fills in every fortnight."""
