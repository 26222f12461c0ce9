"""Reports to print (报表): an opened reader in, a `core.reports.report.Report` out, one a file."""
