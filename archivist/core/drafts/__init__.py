"""From the register, the index and a person's words to what a document (公文) is to carry. Pure."""
