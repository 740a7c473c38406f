"""What an enterprise is by rules of the state: its industry, its size, its credit code. Facts in, words out.

Nothing here reads a workspace, a catalogue or a workbook, and nothing refuses what somebody wrote.
"""
