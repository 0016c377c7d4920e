# Thin wrappers: every target is one call of `adminduk`, which needs neither make nor a POSIX
# shell. Where there is no make: `python bootstrap.py report --region Balikpapan`.

PYTHON ?= python3
RUN = $(PYTHON) bootstrap.py

# Given on the command line only: an environment may hold a REGION or DATA that means another thing.
REGION =
PERIOD =
DATA =
AS_OF =
FILE =
SOURCE =
DENOMINATOR =
REPLACE =
BY =
CONFIRM =
RESEND =
ENGINE =
NOTEBOOK =
SCHEDULER =
PROVINCES =
TO =

# What the user gave reaches the shell as environment variables that are expanded inside double
# quotes: the shell never reads such text as code again, so a quote, `$` or backtick in a name
# stays a character. $(value) and unexport keep make itself from expanding the `$` in it.
unexport REGION PERIOD DATA AS_OF FILE SOURCE DENOMINATOR REPLACE BY CONFIRM RESEND ENGINE NOTEBOOK SCHEDULER PROVINCES TO
export GIVEN_REGION = $(value REGION)
export GIVEN_PERIOD = $(value PERIOD)
export GIVEN_DATA = $(value DATA)
export GIVEN_AS_OF = $(value AS_OF)
export GIVEN_FILE = $(value FILE)
export GIVEN_SOURCE = $(value SOURCE)
export GIVEN_DENOMINATOR = $(value DENOMINATOR)
export GIVEN_REPLACE = $(value REPLACE)
export GIVEN_BY = $(value BY)
export GIVEN_CONFIRM = $(value CONFIRM)
export GIVEN_RESEND = $(value RESEND)
export GIVEN_ENGINE = $(value ENGINE)
export GIVEN_NOTEBOOK = $(value NOTEBOOK)
export GIVEN_SCHEDULER = $(value SCHEDULER)
export GIVEN_PROVINCES = $(value PROVINCES)
export GIVEN_TO = $(value TO)

.PHONY: help setup report params published ingest confirm check columns audit template demo slides meeting program packs why verify send sent lab preview new notebooks doctor test soak bench bench-cluster bench-nation lock

help: ## daftar perintah ini
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

setup: ## siapkan lingkungan kerja (.venv) dan git; yang pertama dilakukan perintah lain juga
	@$(RUN) setup

report: ## satu wilayah menjadi PDF: REGION=Balikpapan [PERIOD=2024-11-12] [DATA=published] [NOTEBOOK=] [ENGINE=quarto]
	@$(RUN) report --region "$$GIVEN_REGION" \
	    $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"} \
	    $${GIVEN_NOTEBOOK:+--notebook "$$GIVEN_NOTEBOOK"} $${GIVEN_ENGINE:+--engine "$$GIVEN_ENGINE"}

slides: ## salindia untuk pembicara (PDF 16:9): REGION=Balikpapan [PERIOD=2024-11-12] [DATA=published]
	@$(RUN) slides --region "$$GIVEN_REGION" \
	    $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

params: ## periksa semua berkas di params/
	@$(RUN) params

published: ## susun ulang data/published dari berkas yang diterima
	@$(RUN) published

ingest: ## muat berkas yang diterima: FILE=... AS_OF=2024-11-15 [SOURCE=] [DATA=kaltim] [DENOMINATOR=] [REPLACE=yes]
	@$(RUN) ingest --file "$$GIVEN_FILE" $${GIVEN_AS_OF:+--as-of "$$GIVEN_AS_OF"} \
	    $${GIVEN_SOURCE:+--source "$$GIVEN_SOURCE"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"} \
	    $${GIVEN_DENOMINATOR:+--denominator "$$GIVEN_DENOMINATOR"} $${GIVEN_REPLACE:+--replace "$$GIVEN_REPLACE"}

confirm: ## catat bahwa dinas membenarkan angkanya: REGION=... AS_OF=2024-11-15 BY="Kabid ..." [DATA=kaltim]
	@$(RUN) confirm --region "$$GIVEN_REGION" --as-of "$$GIVEN_AS_OF" --by "$$GIVEN_BY" \
	    $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

check: ## temuan atas satu kumpulan data, yang terberat dahulu: [DATA=published] [PERIOD=2024-11-12]
	@$(RUN) check $${GIVEN_DATA:+--data "$$GIVEN_DATA"} $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"}

columns: ## tabel jumlah yang besar disimpan per kolom (counts.parquet): [DATA=kaltim] [TO=csv untuk kembali]
	@$(RUN) columns $${GIVEN_DATA:+--data "$$GIVEN_DATA"} $${GIVEN_TO:+--to "$$GIVEN_TO"}

audit: ## persentase yang dipublikasikan di samping hitungan ulangnya: [DATA=published]
	@$(RUN) audit $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

template: ## formulir Excel laporan 15 harian: [REGION=...] [AS_OF=2024-11-15] [DATA=kaltim]
	@$(RUN) template $${GIVEN_REGION:+--region "$$GIVEN_REGION"} \
	    $${GIVEN_AS_OF:+--as-of "$$GIVEN_AS_OF"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

demo: ## edisi simulasi lengkap: data/demo dan laporan setiap wilayah, semuanya DATA SIMULASI
	@$(RUN) demo

program: ## program dan kegiatan sebagai lembar Excel, atau muat lembar yang diisi: [REGION=] [PERIOD=] [DATA=] [FILE=] [REPLACE=yes]
	@$(RUN) program $${GIVEN_REGION:+--region "$$GIVEN_REGION"} $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} \
	    $${GIVEN_DATA:+--data "$$GIVEN_DATA"} $${GIVEN_FILE:+--file "$$GIVEN_FILE"} \
	    $${GIVEN_REPLACE:+--replace "$$GIVEN_REPLACE"}

meeting: ## dokumen rapat provinsi: rekap, harmonisasi, mutu data, berita acara, sambutan: [PERIOD=] [DATA=]
	@$(RUN) meeting $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

packs: ## paket setiap wilayah, dijilid menjadi satu edisi: [PERIOD=2024-11-12] [DATA=published] [SCHEDULER=tcp://...]
	@$(RUN) packs $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"} \
	    $${GIVEN_SCHEDULER:+--scheduler "$$GIVEN_SCHEDULER"}

why: ## apa yang berubah bagi satu wilayah sejak edisi yang berlaku: REGION=Berau [PERIOD=] [DATA=]
	@$(RUN) why --region "$$GIVEN_REGION" $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

verify: ## buat ulang edisi yang berlaku di folder bersih dan bandingkan setiap bita: [PERIOD=] [DATA=]
	@$(RUN) verify $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"}

send: ## siapa menerima berkas apa (latihan); CONFIRM=yes mengirim: [PERIOD=] [DATA=] [REGION=a,b] [RESEND=alamat]
	@$(RUN) send $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} $${GIVEN_DATA:+--data "$$GIVEN_DATA"} \
	    $${GIVEN_REGION:+--region "$$GIVEN_REGION"} $${GIVEN_CONFIRM:+--confirm "$$GIVEN_CONFIRM"} \
	    $${GIVEN_RESEND:+--resend "$$GIVEN_RESEND"}

sent: ## buku kiriman
	@$(RUN) sent

bench-cluster: ## edisi simulasi oleh 1, 2, dan 4 pekerja Dask, satu dimatikan: bitanya harus sama
	@$(RUN) bench-cluster

bench-nation: ## 552 laporan simulasi seluruh negeri: waktu, memori, berkas: [PROVINCES=34,31]
	@$(RUN) --dev bench-nation $${GIVEN_PROVINCES:+--provinces "$$GIVEN_PROVINCES"}

lab: ## buka notebook di JupyterLab
	@$(RUN) lab

preview: ## cetak, tampilkan di peramban, cetak ulang setiap disimpan: REGION=Berau [PERIOD=] [DATA=] [NOTEBOOK=]
	@$(RUN) preview --region "$$GIVEN_REGION" $${GIVEN_PERIOD:+--period "$$GIVEN_PERIOD"} \
	    $${GIVEN_DATA:+--data "$$GIVEN_DATA"} $${GIVEN_NOTEBOOK:+--notebook "$$GIVEN_NOTEBOOK"}

new: ## notebook baru yang menaati aturan: NOTEBOOK=capaian_kecamatan
	@$(RUN) new -- "$$GIVEN_NOTEBOOK"

notebooks: ## periksa aturan setiap notebook
	@$(RUN) notebooks

doctor: ## apa yang terpasang, apa yang tidak, dan apa akibatnya
	@$(RUN) doctor

test: ## jalankan semua pemeriksaan dan uji
	@$(RUN) --dev test

soak: ## bunuh proses di saat acak, cetak seribu laporan berturut-turut: setiap kali hasilnya harus utuh, tanpa tumbuh
	@ADMINDUK_SOAK=300 $(RUN) --dev test -n 2 tests/repo/test_kills.py tests/packs/test_interrupted.py tests/packs/test_failures.py
	@ADMINDUK_SOAK=1000 $(RUN) --dev test -n 0 -s tests/cluster/test_soak.py

bench: ## ukur kecepatan mencetak (sekitar 15 menit): outputs/bench/bench.json dan docs/benchmarks.md
	@$(RUN) --dev bench

lock: ## kunci ulang versi semua paket (requirements*.lock)
	@$(RUN) --dev lock
