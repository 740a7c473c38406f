from __future__ import annotations

import logging
from pathlib import Path

from desktop import logs


def test_a_log_is_written_and_closed(tmp_path: Path) -> None:
    path = logs.start(tmp_path / "logs")
    try:
        logging.getLogger("desktop.cli").info("记下这一句")
    finally:
        logs.stop()
    logging.getLogger("desktop.cli").info("这一句不记")
    assert path == tmp_path / "logs" / "desk.log"
    written = path.read_text(encoding="utf-8")
    assert "INFO desktop.cli: 记下这一句" in written
    assert "这一句不记" not in written


def test_starting_twice_keeps_one_file_open(tmp_path: Path) -> None:
    first = logs.start(tmp_path / "甲")
    second = logs.start(tmp_path / "乙")
    try:
        logging.getLogger("desktop").warning("只记一次")
    finally:
        logs.stop()
    assert first is not None
    assert second is not None
    assert first.read_text(encoding="utf-8") == ""
    assert second.read_text(encoding="utf-8").count("只记一次") == 1


def test_a_folder_that_cannot_be_gives_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert logs.start(tmp_path / "file" / "logs") is None
