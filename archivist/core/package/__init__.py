"""The package that proves itself (移交包): names, manifests, records and proofs of one project's papers, as pure values."""
