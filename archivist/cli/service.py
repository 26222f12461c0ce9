"""``archivist service``: what the operating system needs to keep the watcher running (开机自动值守)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archivist.cli.parameters import examples
from archivist.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

_SYSTEMD = """\
# archivist 值守服务（systemd）。
# 一、保存本文件（在工作区的文件夹里运行）：
#       archivist service --systemd | sudo tee /etc/systemd/system/archivist.service
# 二、把下面 User= 改成能读写档案库的用户，不要用 root。
# 三、启用并立即启动：
#       sudo systemctl daemon-reload && sudo systemctl enable --now archivist
# 四、查看：systemctl status archivist　　journalctl -u archivist　　archivist status
# 停止：sudo systemctl stop archivist（正在处理的文件下次启动时接着做，不会丢）
# 监控：archivist status --fail-on error 的退出码为 1 时，有需要人处理的严重问题。

[Unit]
Description=archivist 值守：帮扶产业项目归档
Documentation=man:systemd.service(5)
# 档案库在网络共享上时，等共享接好再启动
After=network-online.target remote-fs.target
Wants=network-online.target
RequiresMountsFor={store}
StartLimitIntervalSec=0

[Service]
Type=exec
User={user}
WorkingDirectory={workspace}
ExecStart={python} -m archivist -w {workspace_argument} watch
Environment=PYTHONUNBUFFERED=1 PYTHONIOENCODING=utf-8
# 出错退出后 15 秒再启动；正常停止不再启动
Restart=on-failure
RestartSec=15
KillSignal=SIGTERM
TimeoutStopSec=60
Nice=5
NoNewPrivileges=yes
ProtectSystem=full

[Install]
WantedBy=multi-user.target
"""

_WINDOWS = """\
archivist 值守服务（Windows 计划任务，不需要安装其他程序）

一、生成任务文件（在工作区的文件夹里运行）：
      archivist service --windows -o 值守任务.xml

二、用管理员身份打开“命令提示符”，导入任务（把“用户名”换成能读写档案库的账户，会提示输入它的密码）：
      schtasks /Create /TN archivist /XML 值守任务.xml /RU 用户名 /RP *
      schtasks /Run /TN archivist

    档案库在共享盘上时：账户要有共享盘的读写权限；archivist.toml 里写完整路径
    （\\\\\\\\服务器\\\\共享\\\\档案库），不要写 Z: 这样的盘符，没有人登录时盘符不存在。

三、查看和停止：
      schtasks /Query /TN archivist /V /FO LIST
      schtasks /End /TN archivist
      archivist -w {workspace} status
    停止时正在处理的文件，下次启动时接着做，不会丢。

四、监控：每隔几分钟运行下面的命令，退出码为 1 时有需要人处理的严重问题：
      archivist -w {workspace} status --fail-on error

任务的内容：开机时启动（不需要有人登录），退出后每分钟重新启动，不限运行时间：
      程序　　{python}
      参数　　{arguments}
      起始于　{workspace}
"""

_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>archivist 值守：帮扶产业项目归档</Description></RegistrationInfo>
  <Triggers><BootTrigger><Enabled>true</Enabled><Delay>PT1M</Delay></BootTrigger></Triggers>
  <Principals>
    <Principal id="Author"><LogonType>Password</LogonType><RunLevel>LeastPrivilege</RunLevel></Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure><Interval>PT1M</Interval><Count>999</Count></RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{python}</Command>
      <Arguments>{arguments}</Arguments>
      <WorkingDirectory>{workspace}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


@click.command(
    "service",
    epilog=examples(
        "archivist service --systemd　　（Linux：打印服务文件和安装步骤）",
        "archivist service --windows　　（Windows：打印安装步骤）",
        "archivist service --windows -o 值守任务.xml　　（生成计划任务文件）",
    ),
)
@click.option(
    "--systemd", "kind", flag_value="systemd", help="Linux：打印 systemd 服务文件，安装步骤写在开头。"
)
@click.option("--windows", "kind", flag_value="windows", help="Windows：打印计划任务的安装步骤。")
@click.option("-o", "--output", metavar="文件", help="保存为新文件；Windows 存的是计划任务 .xml。")
def command(kind: str | None, output: str | None) -> None:
    """让值守程序开机自动运行：打印本工作区的 systemd 服务文件，或 Windows 计划任务的安装步骤。不改动系统。"""
    from archivist.cli.common import save_new, workspace

    if kind is None:
        raise UsageError("请写明系统：archivist service --systemd（Linux）或 archivist service --windows。")
    opened = workspace()
    folder = opened.config.workspace
    if kind == "systemd":
        text = systemd_unit(folder, opened.config.store_root)
        if output:
            save_new(output, text.encode("utf-8"))
        else:
            click.echo(text, nl=False)
    elif output:
        save_new(output, windows_task(folder).encode("utf-16"))
    else:
        click.echo(_WINDOWS.format(workspace=_windows(str(folder)), **_windows_words(folder)), nl=False)


def systemd_unit(workspace: Path, store: Path) -> str:
    """The unit that keeps watch over ``workspace``; paths with spaces, quotes and percent signs are written as systemd
    reads them.
    """
    import sys

    from archivist.workspace.opened import system_user

    return _SYSTEMD.format(
        workspace=_path(str(workspace)),
        store=_quoted(str(store)),
        user=_path(system_user()),
        python=_quoted(sys.executable),
        workspace_argument=_quoted(str(workspace)),
    )


def _path(text: str) -> str:
    """A value that goes to the end of its line: only percent signs and line ends mean something."""
    return text.replace("%", "%%").replace("\n", " ")


def _quoted(text: str) -> str:
    """One word of a command line; $ would be a variable there."""
    escaped = _path(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{escaped}"'


def windows_task(workspace: Path) -> str:
    """The task for the Task Scheduler, as XML; save it as UTF-16."""
    from html import escape

    words = {name: escape(value) for name, value in _windows_words(workspace).items()}
    return _TASK.format(workspace=escape(str(workspace)), **words)


def _windows_words(workspace: Path) -> dict[str, str]:
    import sys

    return {"python": sys.executable, "arguments": f"-m archivist -w {_windows(str(workspace))} watch"}


def _windows(text: str) -> str:
    """One argument as Windows programs read it: a path may not hold quotes, but may end in a backslash."""
    end = "\\" if text.endswith("\\") else ""
    return f'"{text}{end}"'
