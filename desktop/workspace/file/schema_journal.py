"""The step that makes the journal: each change with the machine it was made on, and the state by them.

What the tables mean is docs/decisions/merging.md; :mod:`desktop.workspace.journal` writes and reads them.
"""

from __future__ import annotations

from desktop.workspace.file.schema import Executes


def m013_journal(db: Executes) -> None:
    """Make the journal, and begin it with what each item, note and attached file is by now.

    ``sealed`` is 1 once a write has left in a package or came with one (``arrival``), 2 while it is on its
    way into one: it grows no more, and has not left. ``blank`` is 1 where the contents were deleted for good.
    ``standing`` and ``records`` can be computed from ``journal``.
    """
    db.execute(
        """
        CREATE TABLE identities (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            machine TEXT NOT NULL UNIQUE,
            host TEXT NOT NULL,
            place TEXT NOT NULL,
            file TEXT NOT NULL,
            called TEXT NOT NULL,
            since TEXT NOT NULL
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE journal (
            seq INTEGER PRIMARY KEY AUTOINCREMENT,
            machine TEXT NOT NULL,
            counter INTEGER NOT NULL CHECK (counter > 0),
            noun TEXT NOT NULL,
            record TEXT NOT NULL,
            field TEXT NOT NULL,
            value TEXT NOT NULL,
            seen TEXT NOT NULL,
            batch TEXT NOT NULL,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            source TEXT NOT NULL,
            session TEXT NOT NULL,
            sealed INTEGER NOT NULL DEFAULT 0,
            blank INTEGER NOT NULL DEFAULT 0,
            arrival INTEGER,
            UNIQUE (machine, counter)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX journal_by_field ON journal (noun, record, field, seq)")
    db.execute("CREATE INDEX journal_by_batch ON journal (batch)")
    db.execute("CREATE INDEX journal_by_arrival ON journal (arrival) WHERE arrival IS NOT NULL")
    db.execute("CREATE INDEX journal_unsealed ON journal (seq) WHERE sealed = 0")
    db.execute(
        """
        CREATE TABLE standing (
            noun TEXT NOT NULL,
            record TEXT NOT NULL,
            field TEXT NOT NULL,
            machine TEXT NOT NULL,
            counter INTEGER NOT NULL,
            PRIMARY KEY (noun, record, field, machine, counter)
        ) STRICT, WITHOUT ROWID
        """
    )
    db.execute(
        """
        CREATE TABLE records (
            noun TEXT NOT NULL,
            key TEXT NOT NULL,
            data TEXT NOT NULL,
            conflicts TEXT NOT NULL,
            PRIMARY KEY (noun, key)
        ) STRICT
        """
    )
    db.execute("CREATE INDEX records_in_conflict ON records (noun, key) WHERE conflicts <> '[]'")
    _begin(db)
    db.execute(
        """
        CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal WHEN OLD.arrival IS NULL
        BEGIN SELECT RAISE(ABORT, 'what was written here is never deleted'); END
        """
    )
    db.execute(
        """
        CREATE TRIGGER journal_stays_true BEFORE UPDATE OF
            seq, machine, counter, noun, record, field, seen, batch, person, source, session ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is never rewritten'); END
        """
    )
    db.execute(
        """
        CREATE TRIGGER journal_left_is_final BEFORE UPDATE OF value, at ON journal
        WHEN OLD.sealed = 1 AND NEW.blank = 0
        BEGIN SELECT RAISE(ABORT, 'what has left this machine is never rewritten'); END
        """
    )


def _begin(db: Executes) -> None:
    """Let the journal begin with one write for each value that stands, by a machine of its own."""
    db.execute("CREATE TEMP TABLE begun (machine TEXT)")
    db.execute("INSERT INTO begun VALUES (lower(hex(randomblob(5))))")
    db.execute(
        """
        CREATE TEMP TABLE first_writes AS
        SELECT row_number() OVER (ORDER BY id) AS counter, * FROM (
            SELECT max(id) AS id, CASE unit_key WHEN '' THEN 'note' ELSE 'item' END AS noun,
                CASE unit_key WHEN '' THEN measure_key ELSE unit_key || '/' || measure_key END AS record,
                CASE unit_key WHEN '' THEN 'text' ELSE field END AS field,
                json_quote(after) AS value, at, person, source
            FROM changes WHERE adopted AND field <> 'evidence' GROUP BY unit_key, measure_key, field
            UNION ALL
            SELECT 1000000000 + min(id), 'item', unit_key || '/' || measure_key, 'evidence/' || sha256,
                json_object('name', name, 'size', size), added_at, added_by, '录入'
            FROM evidence WHERE attached GROUP BY unit_key, measure_key, sha256
        )
        """
    )
    db.execute(
        """
        INSERT INTO identities (machine, host, place, file, called, since)
        SELECT machine, '', '', '', '', strftime('%Y-%m-%dT%H:%M:%S', 'now') FROM begun
        WHERE EXISTS (SELECT 1 FROM first_writes)
        """
    )
    db.execute(
        """
        INSERT INTO journal (
            machine, counter, noun, record, field, value, seen, batch, at, person, source, session
        )
        SELECT machine, counter, noun, record, field, value, '[]', machine || ':' || counter, at, person,
            source, ''
        FROM first_writes, begun ORDER BY counter
        """
    )
    db.execute("INSERT INTO standing SELECT noun, record, field, machine, counter FROM journal")
    db.execute(
        """
        INSERT INTO records (noun, key, data, conflicts)
        SELECT noun, record, json_group_object(field, json(value)), '[]' FROM journal GROUP BY noun, record
        """
    )
    db.execute("DROP TABLE temp.first_writes")
    db.execute("DROP TABLE temp.begun")


def m014_arrivals(db: Executes) -> None:
    """Make the receipts of packages: what came, from whom, what their makers held; and machines' names.

    ``arrival_ranges`` are writes by machine and counter: those that the maker holds and meant to send now or
    earlier (``promised`` 1), and those that it left out on purpose (0).
    """
    db.execute(
        """
        CREATE TABLE arrivals (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            file_name TEXT NOT NULL,
            sha256 TEXT NOT NULL,
            maker TEXT NOT NULL,
            made_at TEXT NOT NULL,
            made_by TEXT NOT NULL,
            counts TEXT NOT NULL,
            undone_at TEXT
        ) STRICT
        """
    )
    db.execute(
        """
        CREATE TABLE arrival_ranges (
            arrival INTEGER NOT NULL REFERENCES arrivals (id),
            promised INTEGER NOT NULL CHECK (promised IN (0, 1)),
            machine TEXT NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL
        ) STRICT
        """
    )
    db.execute("CREATE INDEX arrival_ranges_by_arrival ON arrival_ranges (arrival)")
    db.execute(
        "CREATE TABLE machines (machine TEXT NOT NULL PRIMARY KEY, called TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )
