"""Forms to fill in (填写表): what a workbook asks for each document, and what is read off it. Pure."""
