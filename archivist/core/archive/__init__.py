"""Papers as an archive keeps them (归档文件整理): 档号, 保管期限, 卷内顺序号, 页号, and the lists of them. Pure."""
