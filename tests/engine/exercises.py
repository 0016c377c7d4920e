"""Cells that exercise what a kernel does with outputs: each list is one notebook."""

# ruff: noqa: E501  (cells are written as in a notebook)

from __future__ import annotations

STREAMS = [
    "import sys\nprint('satu')\nprint('dua', file=sys.stderr)\nprint('tiga')",
    "for number in range(300):\n    print(number)",
    "print('tanpa akhir baris', end='')\nsys.stdout.flush()\nprint('salah', end='', file=sys.stderr)",
    "sys.stdout.write('tulisan')",
    "import os\nos.write(1, b'langsung ke keluaran\\n')\nos.system('echo dari anak proses')\nimport time; time.sleep(0.5)",
    "!echo dari shell; echo galat >&2; exit 3",
    "_exit_code",
    "baris = !printf 'a\\nb\\n'\nbaris",
    "import subprocess\nsubprocess.run(['sh', '-c', 'echo a; echo b >&2'], check=True)\ntime.sleep(0.5)",
    "import threading\nt = threading.Thread(target=print, args=('dari utas lain',))\nt.start(); t.join()",
    "print('awal\\rakhir')\nprint('a\\bb')\nprint('\\x1b[31mmerah\\x1b[0m')",
    "import logging\nlogging.warning('diperingatkan')\nlogging.getLogger('lain').error('salah')",
    "import multiprocessing\np = multiprocessing.get_context('fork').Process(target=print, args=('dari garpu',))"
    "\np.start(); p.join()\ntime.sleep(0.5)",
    "sys.stdout.isatty(), sys.stdout.encoding, sys.stdin.read(), sys.stderr.fileno() > 2",
]
RICH = [
    "from IPython.display import HTML, JSON, Latex, Markdown, SVG, Image, Math, Javascript, display\n"
    "display(HTML('<b>a</b>'), Markdown('*b*'), metadata={'a': 1})\nJSON({'c': [1, None, 1.5]})",
    "class Kaya:\n    def _repr_html_(self): return '<i>x</i>'\n    def _repr_markdown_(self): return '*x*'\n"
    "    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'application/vnd.x+json': {'a': 1}}, {'application/vnd.x+json': {'b': 2}}\nKaya()",
    "import base64\nImage(base64.b64decode("
    "'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='))",
    "pegangan = display('lama', display_id='satu')\nprint('antara')\ndisplay('lain', display_id='dua')",
    "pegangan.update('baru')\ndisplay(HTML('<u>dua</u>'), display_id='dua', update=True)",
    "display({'text/plain': 'polos', 'text/html': '<p>'}, raw=True)\nLatex('$x$')",
    "from IPython.display import clear_output\nprint('hilang')\nclear_output()\nprint('tinggal')",
    "print('sampai ada gantinya')\nclear_output(wait=True)\nprint('ganti')\nclear_output(wait=True)",
    "from IPython.display import publish_display_data\npublish_display_data({'text/plain': 'a'}, transient={'display_id': 'x'})",
    "1; 2",
    "'disembunyikan';",
    "None",
    "import pandas as pd\npd.DataFrame({'a': range(100), 'b': 1.5})",
    "pd.get_option('display.max_rows'), pd.get_option('display.min_rows'), pd.get_option('display.max_columns')",
    "class Rusak:\n    def _repr_html_(self): raise ValueError('tidak dapat')\n    def __repr__(self): return 'rusak'\nRusak()",
    "{'a': {1, 2}, 'b': list(range(50))}",
]
FIGURES = [
    "import matplotlib\nmatplotlib.get_backend()",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 4])\nplt.title('judul')",
    "fig, ax = plt.subplots(figsize=(2, 1))\nax.bar([1, 2], [3, 4])\nprint('sebelum gambar')",
    "plt.figure(figsize=(1, 1)); plt.plot([1]); plt.show(); plt.figure(figsize=(1, 1)); plt.plot([2]); None",
    "fig",
    "%config InlineBackend.figure_formats = ['svg']\nmatplotlib.rcParams['svg.hashsalt'] = 'x'\n"
    "matplotlib.rcParams['svg.fonttype'] = 'none'\nplt.figure(figsize=(1, 1)); plt.plot([1, 2]); plt.savefig('/dev/null')",
    "%matplotlib inline\nplt.figure(figsize=(1, 1))\nraise ValueError('sesudah gambar')",
]
LANGUAGE = [
    "__name__, type(get_ipython()).__name__, 'IPKernelApp' in get_ipython().config",
    "import asyncio\nawait asyncio.sleep(0.01)\nasyncio.get_running_loop().is_running()",
    "async def a():\n    return 5\nawait a()",
    "tugas = asyncio.ensure_future(a())",
    "await tugas",
    "import contextvars\nv = contextvars.ContextVar('v', default=0); v.set(1); v.get()",
    "v.get()",
    "%%time\nx = 1",
    "%timeit -n1 -r1 x",
    "%%capture tertangkap\nprint('x')",
    "tertangkap.stdout",
    "%who_ls",
    "%%bash\necho bash; echo galat >&2",
    "%%writefile berkas.txt\nisi",
    "%cat berkas.txt\n",
    "%pwd == __import__('os').getcwd(), open('berkas.txt').read()",
    "a = 10\na",
    "_ + 1, _17 if '_17' in globals() else None, In[1][:8], sorted(Out)[:3]",
    "%history -n 1-3",
    "%lsmagic\nprint?",
    "import warnings\nwarnings.warn('hati-hati')\nwarnings.warn('usang', DeprecationWarning)",
    "def f():\n    'dokumen'\n    return 1\nf?",
    "f??",
    "%load_ext autoreload\n%autoreload 0",
    "import sys\nsys.path[0], sys.argv[0][-22:], len(sys.argv)",
    "import os\n{k: os.environ.get(k) for k in ('TERM', 'FORCE_COLOR', 'PAGER', 'MPLBACKEND', 'OPENBLAS_NUM_THREADS')}",
    "import random, numpy\nrandom.random() != numpy.random.random()",
    "import __main__\n__main__.f is f",
    "import pickle\npickle.loads(pickle.dumps(f)) is f",
    "import inspect\ninspect.getsource(f)",
    "exec('print(1)')\neval('2')",
    "get_ipython().run_cell('print(5)\\n6')",
    "%env X=1\n!echo $X",
    "%xmode",
    "from comm import create_comm\nc = create_comm(target_name='tak_dikenal', data={'a': 1})\nc.send({'b': 2}); c.close()",
]
# Errors that a tag allows, so that one notebook holds many.
ERRORS = [
    "1/0",
    "def luar():\n    return dalam()\ndef dalam():\n    raise KeyError('kunci')\nluar()",
    "input('siapa? ')",
    "import getpass\ngetpass.getpass()",
    "import sys\nsys.exit(2)",
    "sys.exit()",
    "raise SystemExit('pesan')",
    "raise KeyboardInterrupt",
    "x = (1,",
    "import os\nos.makedirs('/proc/x/y')",
    "try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise RuntimeError('karena itu') from e",
    "raise ExceptionGroup('banyak', [ValueError(1), TypeError(2)])",
    "class Aneh(Exception):\n    def __str__(self): return 'aneh\\nsekali'\nraise Aneh",
    "await asyncio_tak_ada()",
    "async def g():\n    raise ValueError('di dalam')\nawait g()",
    "%magis_tak_ada",
    "%%bash\nexit 4",
    "print('sebelum'); print('galat', file=sys.stderr); raise ValueError('sesudah')",
    "class Kaya:\n    def __repr__(self): raise ValueError('repr')\nKaya()",
    "from IPython.core.error import UsageError\nraise UsageError('salah pakai')",
    "%tb",
    "import json\njson.loads('{')",
    "assert 1 == 2, 'tidak sama'",
    "quit_tak_ada",
]
# Each of these ends its notebook.
ENDINGS = {
    "error": ["print(1)", "raise ValueError('berhenti di sini')", "print('tidak sampai')"],
    "exit_0": ["import sys\nsys.exit(0)", "print('tidak sampai')"],
    "exit_2": ["import sys\nsys.exit(2)", "print('tidak sampai')"],
    "syntax": ["x = = 1"],
    "input": ["input()"],
    "interrupt": ["import os, signal\nos.kill(os.getpid(), signal.SIGINT)\nimport time; time.sleep(5)"],
}
TOLERATED = {"streams": STREAMS, "rich": RICH, "figures": FIGURES, "language": LANGUAGE, "errors": ERRORS}
