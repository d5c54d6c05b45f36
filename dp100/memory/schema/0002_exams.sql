-- Mock exams: the one that is being sat, and the history of those that are done.
-- Times are milliseconds since the epoch, spans milliseconds.

CREATE TABLE exam (
    id           INTEGER PRIMARY KEY,
    outline      TEXT    NOT NULL,
    form         TEXT    NOT NULL CHECK (form IN ('full', 'short')),
    open_book    INTEGER NOT NULL CHECK (open_book IN (0, 1)),
    minutes      INTEGER NOT NULL CHECK (minutes > 0),
    passing      INTEGER NOT NULL,
    started_at   INTEGER NOT NULL,
    -- The clock: what is left of it, as of saved_at. It stands still while no one sits the exam.
    remaining_ms INTEGER NOT NULL,
    saved_at     INTEGER NOT NULL,
    position     INTEGER NOT NULL DEFAULT 0,
    finished_at  INTEGER,
    score        INTEGER,
    points       INTEGER,
    possible     INTEGER
);

-- At most one exam is open at a time.
CREATE UNIQUE INDEX exam_open ON exam ((1)) WHERE finished_at IS NULL;

CREATE TABLE exam_place (
    exam      INTEGER NOT NULL REFERENCES exam (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    section   INTEGER NOT NULL,
    kind      TEXT    NOT NULL CHECK (kind IN ('main', 'series', 'case')),
    item      TEXT    NOT NULL,
    topic     TEXT    NOT NULL,
    seed      INTEGER NOT NULL,
    answer    TEXT    NOT NULL DEFAULT '[]',
    flagged   INTEGER NOT NULL DEFAULT 0,
    spent_ms  INTEGER NOT NULL DEFAULT 0,
    -- A section that was left cannot be entered again.
    locked    INTEGER NOT NULL DEFAULT 0,
    points    INTEGER,
    possible  INTEGER,
    PRIMARY KEY (exam, position)
) WITHOUT ROWID;
