"""The four properties of archived papers (四性检测): 真实性, 完整性, 可用性, 安全性. Pure: facts in, results out."""
