"""From the register, the index and what a person fills in to the words a document (公文) is to carry. Pure."""
