"""What is seen on a page image: lines of text, seals, ink."""
