"""A papermill engine that runs a notebook in a process forked from a prepared one, without ZMQ.

``setting`` says which engine runs; ``manager`` is what papermill and nbclient talk to; ``prepared`` starts the
prepared process, ``nursery`` is what runs there, ``shell`` is the kernel in the forked child; ``wire`` carries
their messages.
"""
