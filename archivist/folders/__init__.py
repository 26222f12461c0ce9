"""The folders people work in (文件夹): what lies there, where it belongs."""
