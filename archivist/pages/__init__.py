"""What people read in their folders (页面): 归档状态.html, 最近处理.html, 使用说明.html, 销号决定.html."""
