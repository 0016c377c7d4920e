"""Options that several commands take, with the same words."""

from __future__ import annotations

import click

from adminduk.basis.defaults import DATA, INCOMING, NOTEBOOK, PERIOD

region = click.option("--region", default="", help="kode, nama, atau sebutan wilayah (mis. Balikpapan, 64.71, kukar)")
period = click.option("--period", default=PERIOD, show_default=True, help="periode di params/periods")
data = click.option("--data", default=DATA, show_default=True, help="kumpulan data di data/")
incoming = click.option("--data", default=INCOMING, show_default=True, help="kumpulan data di data/")
notebook = click.option("--notebook", default=NOTEBOOK, show_default=True, help="notebook di notebooks/")
