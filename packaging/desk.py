"""Set-up and start with nothing but a bare Python 3.11: ``run``, ``test``, ``package`` or only ``setup``.

Each verb first sees to what it needs and only then does its work:

1. system libraries, a Chinese font and the tools of the verb, through apt where that is possible;
2. ``.venv`` with exactly the packages of ``requirements.lock`` (hashes checked) and this source tree.

All of that is skipped when it is there already, so a second start costs a fraction of a second. Only the
standard library is used, and of that only what Debian's ``python3-minimal`` has (no ``shutil``), and the
program's own table of system libraries. What follows the verb goes to the program (to pytest, to the package
build) as it is. stdout belongs to what is started; the set-up itself, apt and pip speak on stderr.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from desktop.libraries import CHINESE_FONT, PACKAGES

HOME = Path(__file__).resolve().parent.parent
LOCK = HOME / "packaging" / "requirements.lock"
VENV = HOME / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "measures-desk.stamp"
MINOR = f"{sys.version_info[0]}.{sys.version_info[1]}"

#: What apt and pip say when something of the machine is in their way, and what that is in Chinese.
REASONS = {
    "No space left on device": "磁盘已满",
    "CERTIFICATE_VERIFY_FAILED|certificate verification failed": "软件源的证书没有通过校验，多半是单位网络的"
    "代理换了证书；请把 PIP_CERT 设为单位证书文件的位置",
    "Could not get lock|Unable to acquire the dpkg|cache lock": "另一个安装程序正在运行，请等它结束",
    "dpkg was interrupted": "上一次安装中断了，请由管理员先执行 dpkg --configure -a",
    "failure resolving|Could not resolve|Could not connect|onnection (broken|refused|timed out)|unreachable"
    "|Unable to locate package|Failed to fetch": "连不上软件源，请检查网络",
    "No matching distribution": "软件源里没有所需的组件，或者连不上软件源",
}

#: How the tests run unless what follows the verb says otherwise (-n0, --pdb: in one process).
ON_EVERY_CORE = ("-n", "auto", "--dist", "worksteal")

USAGE = """用法：
  python3 packaging/desk.py run [参数…]      准备环境并打开程序（无显示器时改为演示）
  python3 packaging/desk.py test [参数…]     准备环境并运行测试
  python3 packaging/desk.py package [参数…]  准备环境并打包到 dist/
  python3 packaging/desk.py setup            只准备环境"""


class SetupError(Exception):
    """The set-up cannot go on; the text says in Chinese what to do."""


def say(text: str) -> None:
    """Tell the user how far the set-up is."""
    print(text, file=sys.stderr, flush=True)


def attempt(*command: str | Path) -> str | None:
    """Run a command to its end; return None when it succeeds, else the reason in Chinese.

    What a command says in English is for nobody; of an unknown reason the end of that is shown.
    """
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except OSError as error:
        return str(error)
    if done.returncode == 0:
        return None
    words = done.stdout.decode("utf-8", "replace")
    for pattern, reason in REASONS.items():
        if re.search(pattern, words):
            return reason
    lines = [line for line in words.splitlines() if line.strip()]
    say("\n".join(lines[-8:]))
    return "原因见上"


# System packages


def has_program(name: str) -> bool:
    """Tell whether a program of this name is on the path."""
    return any(os.access(Path(folder) / name, os.X_OK) for folder in os.get_exec_path())


def installed_libraries() -> set[str] | None:
    """Return the file names of the shared libraries that the linker knows; None if it cannot be asked."""
    try:
        listing = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return {line.split()[0] for line in listing.decode("utf-8", "replace").splitlines() if "=>" in line}


def has_chinese_font() -> bool:
    """Tell whether fontconfig knows a font that covers Chinese."""
    if not has_program("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn", "file"], capture_output=True, check=False).stdout)


def has_ensurepip() -> bool:
    """Tell whether this Python can make environments; Debian has that in a package of its own."""
    return (Path(os.__file__).parent / "ensurepip").is_dir()


def missing_packages(verb: str) -> list[str]:
    """Return the Debian packages that ``verb`` needs and this Linux machine lacks, sorted."""
    missing: set[str] = set()
    known = installed_libraries()
    if known is not None:
        missing.update(package for library, package in PACKAGES.items() if library not in known)
    if not has_chinese_font():
        missing.update(["fontconfig", CHINESE_FONT])
    if sys.base_prefix == "/usr":  # the distribution's own Python, which comes in several packages
        if not has_ensurepip():
            missing.add(f"python{MINOR}-venv")
        if verb == "package" and known is not None and f"libpython{MINOR}.so.1.0" not in known:
            missing.add(f"libpython{MINOR}")
    if verb == "package" and not (has_program("objdump") and has_program("strip")):
        missing.add("binutils")
    return sorted(missing)


def install_packages(packages: list[str]) -> None:
    """Install Debian packages as root or by a ``sudo`` that asks nothing; else say who must type what."""
    by_hand = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    sudo = []
    allowed = has_program("apt-get")
    if allowed and os.geteuid() != 0:  # type: ignore[attr-defined,unused-ignore]  # Linux only
        sudo = ["sudo", "-n"]
        quiet = subprocess.DEVNULL
        allowed = (
            has_program("sudo") and subprocess.run([*sudo, "true"], stderr=quiet, check=False).returncode == 0
        )
    if not allowed:
        raise SetupError(
            "缺少系统软件包，当前用户不能自动安装。\n"
            f"请由管理员执行下面一行（Debian、UOS、麒麟相同），再重新执行本命令：\n\n  {by_hand}"
        )
    say(f"正在安装系统软件包（一两分钟，全部缺少时约 120 MB）：{' '.join(packages)}")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    why = attempt(*apt, "update") or attempt(*apt, "install", "--no-install-recommends", *packages)
    if why:
        raise SetupError(
            f"系统软件包没有装上：{why}。\n排除后重新执行本命令，或由管理员执行下面一行：\n\n  {by_hand}"
        )


# Python packages


def fingerprint() -> str:
    """Return what a finished ``.venv`` is stamped with: all that it was made from.

    Of Python that is the minor version and the machine: a ``.venv`` lasts when the system's package of it is
    brought up to date (3.11.2, 3.11.4).
    """
    machine = getattr(sys.implementation, "_multiarch", sys.platform)
    return "\n".join([str(HOME), MINOR, machine, LOCK.read_text(encoding="utf-8")])


def is_ready(wanted: str) -> bool:
    """Tell whether ``.venv`` was finished for exactly this lock, this Python and this folder."""
    try:
        return STAMP.read_text(encoding="utf-8") == wanted and PYTHON.exists()
    except (OSError, UnicodeDecodeError):
        return False


def can_install() -> bool:
    """Tell whether ``.venv`` is there, of the running Python's version and with a working pip."""
    check = f"import sys, pip; sys.exit('%d.%d' % sys.version_info[:2] != {MINOR!r})"
    try:
        return subprocess.run([PYTHON, "-c", check], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def make_room() -> None:
    """Make the folder of ``.venv`` and take an old stamp off it, or say that nothing can be written here."""
    try:
        VENV.mkdir(exist_ok=True)
        if STAMP.exists():
            STAMP.unlink()
        trial = VENV / "measures-desk.trial"
        trial.touch()
        trial.unlink()
    except OSError as error:
        why = "磁盘已满" if error.errno == errno.ENOSPC else "只读，或者没有权限"
        raise SetupError(
            f"不能写入 {VENV}（{why}），运行环境没有建立。\n"
            "请把整个源代码文件夹复制到可以写入的位置（例如个人文件夹），再在那里执行本命令。"
        ) from error


def prepare_environment() -> None:
    """Make ``.venv`` what the lock says, unless it is; make it anew if it is half-made or broken."""
    wanted = fingerprint()
    if is_ready(wanted):
        return
    make_room()
    if not can_install():
        if not has_ensurepip():
            raise SetupError(
                f"这个 Python（{sys.executable}）缺少 ensurepip，不能建立运行环境。\n"
                f"请安装 python{MINOR}-venv，或改用系统自带的 python3，再重新执行本命令。"
            )
        say("正在创建 .venv …")
        why = attempt(sys.executable, "-m", "venv", "--clear", VENV)
        if why:
            raise SetupError(f"无法创建 {VENV}：{why}。排除后重新执行本命令。")
    say("正在安装 Python 组件（首次约 140 MB，一两分钟）…")
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    why = attempt(*pip, "--require-hashes", "--only-binary", ":all:", "-r", LOCK) or attempt(
        *pip, "--no-deps", "--no-build-isolation", "-e", HOME
    )
    if why:
        raise SetupError(
            f"Python 组件没有装全：{why}。\n"
            "· 已装的部分保留，联网后重新执行本命令即可。\n"
            "· 使用内网镜像：先设置环境变量 PIP_INDEX_URL。\n"
            "· 没有网络：在联网的同类机器上执行\n"
            "    pip download --require-hashes -r packaging/requirements.lock -d wheels\n"
            "  把 wheels 文件夹拷来，设置 PIP_NO_INDEX=1 和 PIP_FIND_LINKS=wheels。"
        )
    STAMP.write_text(wanted, encoding="utf-8")
    say("环境已就绪。")


# Verbs


def start(*arguments: str) -> int:
    """Run ``.venv``'s Python in place of this process; on Windows, which cannot, wait for its exit code."""
    if os.name != "nt":
        os.execv(PYTHON, [str(PYTHON), *arguments])
    return subprocess.call([PYTHON, *arguments])


def main(arguments: list[str]) -> int:
    """Do one verb; return the exit code (1: the set-up failed, 2: wrong usage)."""
    verb, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if verb not in ("run", "test", "package", "setup"):
        say(USAGE)
        return 0 if verb in ("-h", "--help") else 2
    try:
        if not (3, 11) <= sys.version_info[:2] <= (3, 13):  # another Python gets this far and is told
            raise SetupError(f"需要 Python 3.11、3.12 或 3.13，现在是 {sys.version.split()[0]}。")
        if sys.platform.startswith("linux"):
            packages = missing_packages(verb)
            if packages:
                install_packages(packages)
        prepare_environment()
    except SetupError as error:
        say(str(error))
        return 1
    if verb == "run":
        return start("-X", "utf8", "-m", "desktop", *rest)  # names of files too, whatever the locale is
    os.chdir(HOME)
    if verb == "test":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        return start("-m", "pytest", *ON_EVERY_CORE, *rest)
    if verb == "package":
        return start("packaging/build.py", *rest)
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):  # whatever the locale or code page is
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
