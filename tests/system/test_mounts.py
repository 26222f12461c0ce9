"""Which folders lie on a share, by the system's own table of mounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from archivist.system.mounts import foreign, kind_of_mount, on_network

MOUNTS = """/dev/vda / ext4 rw 0 0
//nas/share /mnt/共享\\040盘 cifs rw 0 0
server:/x /mnt/nfs nfs4 rw 0 0
tmpfs /mnt/nfs/local tmpfs rw 0 0
sshfs /home/u/far fuse.sshfs rw 0 0
/dev/sda1 /media/usb fuseblk rw 0 0
C: /mnt/c 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "polled"),
    [
        ("/srv/档案", False),
        ("/mnt/共享 盘/档案库", True),
        ("/mnt/nfs/a", True),
        ("/mnt/nfs/local/a", False),
        ("/home/u/far", True),
        ("/home/u/farther", False),
        ("/media/usb/x", False),
        ("/mnt/c/x", True),
    ],
)
def test_network_folders_are_polled_by_themselves(folder: str, polled: bool) -> None:
    assert foreign(kind_of_mount(folder, MOUNTS)) is polled


def test_a_table_that_cannot_be_understood_tells_nothing() -> None:
    assert kind_of_mount("/srv", "broken\n") == ""
    assert foreign("") is False


def test_a_folder_of_this_computer_is_no_share(tmp_path: Path) -> None:
    assert on_network(tmp_path) is False
