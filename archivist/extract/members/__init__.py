"""Files within files: members of archives, attachments of PDFs."""
