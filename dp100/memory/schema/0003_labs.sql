-- Work on labs. A row of lab_work is a folder in which a lab was started; it keeps what Home and mastery need
-- to know of the lab, so that neither has to read labs/.
CREATE TABLE lab_work (
    key      TEXT PRIMARY KEY,           -- random; the folder carries it, and the lab's workspace is named by it
    lab      TEXT    NOT NULL,
    revision INTEGER NOT NULL,
    title    TEXT    NOT NULL,
    steps    TEXT    NOT NULL,           -- JSON: ids of the steps, in order
    topics   TEXT    NOT NULL,           -- JSON: ids of the topics
    folder   TEXT    NOT NULL,           -- where it was seen last
    started  INTEGER NOT NULL CHECK (typeof(started) = 'integer')
);

-- What happened there, in order. Progress is read from it: a step is done when it passed after the last reset.
CREATE TABLE lab_event (
    id   INTEGER PRIMARY KEY AUTOINCREMENT,
    work TEXT    NOT NULL REFERENCES lab_work (key),
    at   INTEGER NOT NULL CHECK (typeof(at) = 'integer'),
    kind TEXT    NOT NULL CHECK (kind IN ('passed', 'failed', 'hint', 'solution', 'reset')),
    step TEXT                            -- NULL for what concerns the lab as a whole
);
CREATE INDEX lab_event_of_work ON lab_event (work, id);

CREATE TRIGGER lab_event_no_update BEFORE UPDATE ON lab_event
BEGIN SELECT RAISE(ABORT, 'the log of the labs is append-only'); END;
CREATE TRIGGER lab_event_no_delete BEFORE DELETE ON lab_event
BEGIN SELECT RAISE(ABORT, 'the log of the labs is append-only'); END;
