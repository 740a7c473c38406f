"""What was found in a report, as a workbook."""
