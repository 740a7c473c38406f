"""The steps that make the tables of what goes out and comes back: rounds, imports and their receipts."""

from __future__ import annotations

from desktop.workspace.file.schema import Executes


def m005_rounds(db: Executes) -> None:
    """Make the rounds, and what each workbook of a round was sent out with, row by row.

    ``round_rows.entered`` is a JSON object of the fields as they stood; a unit that was sent its workbook
    again has several exports, each with rows of its own.
    """
    db.execute(
        """
        CREATE TABLE rounds (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            sent_on TEXT NOT NULL CHECK (sent_on IS date(sent_on, '+0 days')),
            reply_by TEXT NOT NULL CHECK (reply_by IS date(reply_by, '+0 days')),
            created_at TEXT NOT NULL,
            person TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE round_units (
            round_key TEXT NOT NULL REFERENCES rounds (key),
            position INTEGER NOT NULL,
            unit_key TEXT NOT NULL,
            PRIMARY KEY (round_key, position),
            UNIQUE (round_key, unit_key)
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE round_exports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round_key TEXT NOT NULL,
            unit_key TEXT NOT NULL,
            file_name TEXT NOT NULL,
            at TEXT NOT NULL,
            FOREIGN KEY (round_key, unit_key) REFERENCES round_units (round_key, unit_key)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX round_exports_by_unit ON round_exports (round_key, unit_key)")
    db.execute(
        """
        CREATE TABLE round_rows (
            export_id INTEGER NOT NULL REFERENCES round_exports (id),
            measure_key TEXT NOT NULL,
            revision INTEGER NOT NULL,
            text_sha256 TEXT NOT NULL,
            entered TEXT NOT NULL,
            PRIMARY KEY (export_id, measure_key)
        ) STRICT
        """
    )


def m006_intake(db: Executes) -> None:
    """Make the receipts of imports, and let each change name the file that it came from.

    A change with ``adopted = 0`` changed nothing: it keeps what a workbook said and what stayed instead.
    ``intake_files.known`` is when the same file had been taken in before, or empty; ``details`` is a JSON
    object: rows that were refused, added by hand or missing, and notes.
    """
    db.execute(
        """
        CREATE TABLE intakes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            undone_at TEXT NOT NULL DEFAULT '',
            undone_by TEXT NOT NULL DEFAULT ''
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE intake_files (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            intake_id INTEGER NOT NULL REFERENCES intakes (id),
            position INTEGER NOT NULL,
            path_name TEXT NOT NULL,
            file_sha256 TEXT NOT NULL,
            size INTEGER NOT NULL,
            unit_key TEXT NOT NULL,
            round_key TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('accepted', 'unchanged', 'refused', 'conflicts')),
            reason TEXT NOT NULL,
            known TEXT NOT NULL,
            unchanged INTEGER NOT NULL,
            details TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX intake_files_by_intake ON intake_files (intake_id)")
    db.execute("CREATE INDEX intake_files_by_hash ON intake_files (file_sha256)")
    db.execute("CREATE INDEX intake_files_by_round ON intake_files (round_key, unit_key)")
    db.execute(
        """
        CREATE TABLE intake_lines (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            file_id INTEGER NOT NULL REFERENCES intake_files (id),
            sheet_row INTEGER NOT NULL,
            unit_key TEXT NOT NULL,
            measure_key TEXT NOT NULL,
            number INTEGER NOT NULL,
            field TEXT NOT NULL,
            unit_name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('same', 'take', 'conflict', 'ask', 'refused')),
            choice TEXT NOT NULL CHECK (choice IN ('', 'ours', 'theirs', 'both', 'value')),
            base TEXT,
            ours TEXT NOT NULL,
            theirs TEXT NOT NULL,
            value TEXT NOT NULL,
            guess TEXT NOT NULL,
            question TEXT NOT NULL,
            reason TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX intake_lines_by_file ON intake_lines (file_id)")
    db.execute("CREATE INDEX intake_lines_by_field ON intake_lines (unit_key, measure_key, field)")
    db.execute("ALTER TABLE changes ADD COLUMN intake_file INTEGER REFERENCES intake_files (id)")
    db.execute("ALTER TABLE changes ADD COLUMN adopted INTEGER NOT NULL DEFAULT 1 CHECK (adopted IN (0, 1))")
    db.execute("CREATE INDEX changes_by_file ON changes (intake_file) WHERE intake_file IS NOT NULL")
    db.execute("CREATE INDEX changes_of_item ON changes (unit_key, measure_key, id)")
    db.execute("CREATE INDEX changes_of_unit ON changes (unit_key, id)")
    db.execute("DROP TRIGGER changes_stay_true")
    db.execute(
        """
        CREATE TRIGGER changes_stay_true BEFORE UPDATE OF
            id, batch, person, source, session, unit_key, measure_key, field, before, undoes, text_sha256,
            intake_file, adopted ON
            changes BEGIN SELECT RAISE(ABORT, 'changes are never rewritten'); END
        """
    )


def m009_round_changes(db: Executes) -> None:
    """Let a round end, be withdrawn, renamed and extended, and keep each change of it, and who sent what.

    ``round_changes.export`` is the newest workbook that had been sent out then, in any round, 0 for none: it
    puts the changes of a round and its workbooks into one order, whatever the clock said.
    """
    db.execute(
        "ALTER TABLE rounds ADD COLUMN state TEXT NOT NULL DEFAULT 'open'"
        " CHECK (state IN ('open', 'closed', 'withdrawn'))"
    )
    db.execute("ALTER TABLE round_exports ADD COLUMN person TEXT NOT NULL DEFAULT ''")
    db.execute(
        """
        CREATE TABLE round_changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            round_key TEXT NOT NULL REFERENCES rounds (key),
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            field TEXT NOT NULL CHECK (field IN ('name', 'reply_by', 'state')),
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            export INTEGER NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX round_changes_of_round ON round_changes (round_key, id)")
    for name, deed in (("kept", "DELETE"), ("stay_true", "UPDATE")):
        db.execute(
            f"CREATE TRIGGER round_changes_{name} BEFORE {deed} ON round_changes"
            " BEGIN SELECT RAISE(ABORT, 'changes of a round are never rewritten'); END"
        )


def m011_other_answers(db: Executes) -> None:
    """Let a line of a receipt say that what it was compared with is another workbook's answer.

    ``other`` is the file name of that workbook of the same import, or empty; ``before`` is what the
    workspace itself held then.
    """
    db.execute("ALTER TABLE intake_lines ADD COLUMN other TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE intake_lines ADD COLUMN before TEXT NOT NULL DEFAULT ''")


def m012_round_documents(db: Executes) -> None:
    """Let a round ask about chosen documents, and a line of a receipt say on which sheet its row stood.

    ``called`` is what the document was called then, "" where that was not kept. A round of before asked about
    the documents of the rows that it sent out; a measure's key is its document's, a dot, and its own.
    ``intake_lines.sheet`` is empty where the unit's checklist was one sheet.
    """
    db.execute(
        """
        CREATE TABLE round_documents (
            round_key TEXT NOT NULL REFERENCES rounds (key),
            position INTEGER NOT NULL,
            document_key TEXT NOT NULL,
            called TEXT NOT NULL,
            PRIMARY KEY (round_key, position),
            UNIQUE (round_key, document_key)
        ) STRICT
        """
    )
    db.execute(
        """
        INSERT INTO round_documents (round_key, position, document_key, called)
        SELECT round_key, row_number() OVER (PARTITION BY round_key ORDER BY document_key) - 1,
            document_key, ''
        FROM (
            SELECT DISTINCT round_key,
                rtrim(rtrim(measure_key, replace(measure_key, '.', '')), '.') AS document_key
            FROM round_rows JOIN round_exports ON round_exports.id = export_id
        ) WHERE document_key <> ''
        """
    )
    db.execute("ALTER TABLE intake_lines ADD COLUMN sheet TEXT NOT NULL DEFAULT ''")
