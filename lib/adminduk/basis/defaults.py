"""What is printed when nobody says otherwise."""

NOTEBOOK = "capaian_wilayah"
PERIOD = "2024-11-12"
DATA = "published"
