"""Names of what is nobody's paper: bins and snapshots of shares (回收站, 快照), downloads and saves under way (没下载完的).

Programs and storage boxes put such files and folders among people's own; whoever deleted a paper would find it filed. Only
names decide, and only those that a program gives: what a clerk may have named is never among them. A download takes
its own name when it is complete, and is taken then.
"""

from __future__ import annotations

import re

from archivist.core.patterns import lazily

_FOLDERS = frozenset(
    {
        # bins: Windows, Samba, Synology 群晖, QNAP 威联通, Buffalo, Linux, macOS, phones
        *("$recycle.bin", "recycler", "recycled", ".recycle", ".recycler", ".recycle.bin", "#recycle"),
        *("#synorecycle", "@recycle", "trashbox", ".trashbox", ".trash", ".trashes", "network trash folder"),
        *(".deleted", ".trashed", "@synology_recycle", ".!@#$recycle", ".recyclebin"),
        # snapshots and earlier versions: ZFS, NetApp, btrfs, QNAP, Synology, sync programs
        *(".zfs", ".snapshot", ".snapshots", "~snapshot", "#snapshot", "@snapshot", ".snap", ".ckpt"),
        *("@recently-snapshot", ".stversions", ".stfolder", ".versions", ".@versions"),
        # what boxes and systems keep for themselves: thumbnails, indexes, found clusters
        *(
            "@eadir",
            "@synoeadir",
            "@synoresource",
            "@tmp",
            "@sharebin",
            "@sharesnap",
            ".@__thumb",
            "@__thumb",
        ),
        *(".@upload_cache", ".@qnap", ".qsync", ".thumbnails", "system volume information", "lost+found"),
        *("__macosx", ".appledouble", ".appledb", ".appledesktop", ".temporaryitems", "temporary items"),
        *(".spotlight-v100", ".fseventsd", ".documentrevisions-v100", ".apdisk", "dfsrprivate"),
        # what sync programs and version control keep
        *(".sync", ".synologyworkingdirectory", ".dropbox.cache", ".dropbox", ".seafile-data", ".owncloud"),
        *("_gsdata_", ".tmp.drivedownload", ".tmp.driveupload", ".git", ".svn", ".hg", ".bzr"),
    }
)

_FOLDER = lazily(
    r"\.trash-.+|\.stfolder .+|found\.\d{3}|network recycle bin \d+|.+\.download|.+\.sb-[0-9a-z]{6,8}(?:-[0-9a-z]+)?"
)

_NAMES = frozenset(
    {
        *(
            "thumbs.db",
            "ehthumbs.db",
            "ehthumbs_vista.db",
            "desktop.ini",
            ".ds_store",
            ".directory",
            ".localized",
        ),
        *("icon\r", ".apdisk", ".volumeicon.icns", ".syncignore", ".stignore", ".dropbox.attr"),
        *("sync.ffs_db", ".sync.ffs_db", ".gitignore", ".gitattributes", ".gitkeep"),
    }
)

_STARTS = (
    *(
        "~$",
        ".~",
        "._",
        ".#",
    ),  # open in Word, WPS, LibreOffice; the other half of a file of a Mac; open in an editor
    *(".archivist-", ".fuse_hidden", ".nfs", ".smbdelete", ".goutputstream-", ".syncthing.", "~syncthing~"),
)

_ENDS = (
    "~",
    # browsers and copying programs (those in …download, …tmp, …temp stand below)
    *(".part", ".partial", ".filepart", ".part.met", ".ydpart", ".ucpart", ".dlpart", ".dctmp"),
    # 迅雷, 旋风, 快车, 百度网盘
    *(".td", ".tdl", ".xltd", ".xltd.cfg", ".td.cfg", ".jc!", ".jccfg", ".jccfg3"),
    # torrents and download managers
    *(".!ut", ".!qb", ".!bt", ".!sync", ".bc!", ".ut!", ".aria2", ".aria2__temp", ".fdmdownload"),
    # editors, Word's and Excel's own saves, drawings that are open
    *(
        ".swp",
        ".swo",
        ".swn",
        ".swx",
        ".swpx",
        ".kate-swp",
        ".asd",
        ".wbk",
        ".xlk",
        ".laccdb",
        ".dwl",
        ".dwl2",
    ),
    *(".sv$", ".ac$", ".ffs_lock"),
)

_PATTERNS = lazily(
    r".+\.[0-9a-z_]{0,12}(?:download|downloading|uploading|tmp|temp)(?:\.cfg)?"  # .crdownload, .baiduyun.p.downloading
    r"|\.(?:tmp|temp|part|download)"
    r"|.+[^0-9a-z\u4e00-\u9fff]zone\.identifier(?::\$data)?"  # where it was downloaded from, as another file
    r"|.+:(?:\$data|[^:]+:\$data)"
    r"|.+\.sb-[0-9a-z]{6,8}(?:-[0-9a-z]+)?"  # a save under way on a Mac
    r"|\.~lock\..+#"
    r"|~wr[a-z]\d{4}"
    r"|\.?_?sync_[0-9a-f]{12}\.db(?:-wal|-shm)?|\.(?:own|next)cloudsync\.log"
)

_RSYNC = lazily(r"\..+\.(?!\d{6}$)[0-9A-Za-z]{6}", re.DOTALL)
"""A copy that rsync is making: a dot before the name, six letters and digits behind it, never digits alone (a month)."""

_SHORTCUTS = (".lnk", ".url", ".website", ".webloc", ".desktop")


def of_a_program(name: str) -> bool:
    """Whether a file's name is a lock, an index, a half download or save: nobody's paper."""
    lower = name.lower()
    return (
        lower in _NAMES
        or lower in _FOLDERS
        or lower.startswith(_STARTS)
        or lower.endswith(_ENDS)
        or _PATTERNS.fullmatch(lower) is not None
        or (name.startswith(".") and _rsyncs(name))
    )


def _rsyncs(name: str) -> bool:
    return _RSYNC.fullmatch(name) is not None and not is_shortcut(name)


def folder_of_a_program(name: str) -> bool:
    """Whether a folder's name is a bin, a snapshot or what a program keeps for itself; nothing below it is looked at."""
    lower = name.lower()
    return lower in _FOLDERS or _FOLDER.fullmatch(lower) is not None


def is_shortcut(name: str) -> bool:
    """Whether a name is that of a shortcut (快捷方式), which only says where a file lies: people take it for the file."""
    return name.lower().endswith(_SHORTCUTS)
