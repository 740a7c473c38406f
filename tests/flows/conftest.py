from tests.ui.conftest import desk, folder, qapp, window

__all__ = ["desk", "folder", "qapp", "window"]
