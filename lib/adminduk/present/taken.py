"""What taking in a programme sheet did, told to the one who took it in."""

from __future__ import annotations

from adminduk.ingest.programme.intake import Receipt
from adminduk.present import wording


def lines(receipt: Receipt) -> list[str]:
    """The file, how many of its lines are new or as they were, and where they stand now."""
    counted = {
        "baris baru atau berubah": receipt.new,
        "baris sama": receipt.same,
        "baris lama tidak ada lagi": receipt.gone,
        "baris pelaksana lain tetap": receipt.others,
    }
    told = ", ".join(f"{wording.number(number)} {what}" for what, number in counted.items() if number)
    end = f"Ditulis ke {receipt.written}." if receipt.changed else f"{receipt.written} tidak berubah."
    return [f"{receipt.file}: {told or 'tidak ada baris'}", f"  {end}"]
