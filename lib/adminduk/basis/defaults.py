"""What is printed when nobody says otherwise."""

NOTEBOOK = "capaian_wilayah"
PERIOD = "2024-11-12"
DATA = "published"
INCOMING = "kaltim"  # what offices send; DATA is what was published
