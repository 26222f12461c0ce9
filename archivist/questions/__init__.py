"""What people ask (查询): answers as frozen values, for the command line, pages and reports alike."""
