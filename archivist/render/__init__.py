"""One output format per file: values in, text or bytes out."""
