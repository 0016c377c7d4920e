"""The programme of a period as text of its file, and as an Excel sheet that offices fill in: out and in again."""
