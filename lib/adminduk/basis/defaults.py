"""What is printed when nobody says otherwise."""

NOTEBOOK = "capaian_wilayah"
RECONCILIATION = "rekonsiliasi_angka_publikasi"  # of a whole dataset, not of one region
# What is told of data that cannot be printed: these come out of a withheld region too.
INTERNAL = (RECONCILIATION, "mutu_data")
PERIOD = "2024-11-12"
DATA = "published"
INCOMING = "kaltim"  # what offices send; DATA is what was published
