# Thin wrappers: every target is one call of `adminduk`, which needs neither make nor a POSIX
# shell. Where there is no make: `python bootstrap.py report --region Balikpapan`.

PYTHON ?= python3
RUN = $(PYTHON) bootstrap.py

# Given on the command line only: an environment may hold a REGION or DATA that means another thing.
REGION =
PERIOD =
DATA =
AS_OF =

# What the user gave reaches the shell as environment variables that are expanded inside double
# quotes: the shell never reads such text as code again, so a quote, `$` or backtick in a name
# stays a character. $(value) and unexport keep make itself from expanding the `$` in it.
unexport REGION PERIOD DATA AS_OF
export GIVEN_REGION = $(value REGION)
export GIVEN_PERIOD = $(value PERIOD)
export GIVEN_DATA = $(value DATA)
export GIVEN_AS_OF = $(value AS_OF)

.PHONY: help setup report params published template lab test lock

help: ## daftar perintah ini
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup: ## siapkan lingkungan kerja (.venv); perintah lain melakukannya sendiri
	@$(RUN)

report: ## satu wilayah menjadi PDF: REGION=Balikpapan [PERIOD=2024-11-12] [DATA=published]
	@$(RUN) report --region "$$GIVEN_REGION" \
	    $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

params: ## periksa semua berkas di params/
	@$(RUN) params

published: ## susun ulang data/published dari berkas yang diterima
	@$(RUN) published

template: ## formulir Excel laporan 15 harian: [REGION=...] [AS_OF=2024-11-15] [DATA=kaltim]
	@$(RUN) template $${GIVEN_REGION:+--region "$$GIVEN_REGION"} \
	    $${GIVEN_AS_OF:+--as-of "$$GIVEN_AS_OF"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

lab: ## buka notebook di JupyterLab
	@$(RUN) lab

test: ## jalankan semua pemeriksaan dan uji
	@$(RUN) --dev test

lock: ## kunci ulang versi semua paket (requirements*.lock)
	@$(RUN) --dev lock
