"""Packs reach the people of the meeting: who gets what, the message, the ledger, and the server."""
