"""The reference of the package benchmark: the least program that shows a PySide6 window of the same size."""

import sys

from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv)
window = QMainWindow()
window.resize(1366, 768)
window.show()
sys.exit(application.exec())
