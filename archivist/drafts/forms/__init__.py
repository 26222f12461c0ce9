"""Forms to fill in (填写表) as workbooks: given out, taken back, and made into documents."""
