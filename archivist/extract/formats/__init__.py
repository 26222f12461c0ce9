"""One file format a module: a stranger's bytes to text and pictures. Steps for disposable processes."""
