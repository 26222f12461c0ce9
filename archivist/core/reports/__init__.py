"""Reports as plain tables (报表). Pure."""
