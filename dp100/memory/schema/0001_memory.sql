-- What this learner knows. Instants are milliseconds since the epoch (UTC), days are study days counted
-- from 1970-01-01. Plain SQL of SQLite 3.24, so that every Python 3.11 can run it.

-- The truth: one row for every answer ever given, in the order of giving.
CREATE TABLE review (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    item       TEXT    NOT NULL CHECK (typeof(item) = 'text' AND item <> ''),
    revision   INTEGER NOT NULL CHECK (typeof(revision) = 'integer' AND revision >= 1),
    at         INTEGER NOT NULL CHECK (typeof(at) = 'integer'),
    day        INTEGER NOT NULL CHECK (typeof(day) = 'integer'),  -- of `at`, in the zone the learner was in
    points     INTEGER NOT NULL CHECK (typeof(points) = 'integer' AND points >= 0),
    possible   INTEGER NOT NULL CHECK (typeof(possible) = 'integer' AND possible >= max(1, points)),
    confidence INTEGER CHECK (confidence IN (0, 1, 2)),           -- guess, unsure, sure; NULL in an exam
    rating     INTEGER NOT NULL CHECK (rating IN (1, 2, 3, 4)),   -- again, hard, good, easy
    millis     INTEGER NOT NULL CHECK (typeof(millis) = 'integer' AND millis >= 0),
    source     TEXT    NOT NULL CHECK (source IN ('study', 'exam', 'lab')),
    answer     TEXT    NOT NULL,                                  -- JSON: indexes as in the content, or null
    seed       INTEGER NOT NULL CHECK (typeof(seed) = 'integer')  -- draws the same numbers and order again
);
CREATE INDEX review_item ON review (item);

-- An answer taken back. It stays in the log, and counts no more.
CREATE TABLE withdrawal (
    review INTEGER PRIMARY KEY REFERENCES review (id),
    at     INTEGER NOT NULL CHECK (typeof(at) = 'integer')
);

-- The log is append-only: nothing in it is ever changed or removed, not even by a mistake of the program.
CREATE TRIGGER review_no_update BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER review_no_delete BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER review_no_replace BEFORE INSERT ON review WHEN NEW.id IN (SELECT id FROM review)
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER withdrawal_no_update BEFORE UPDATE ON withdrawal
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER withdrawal_no_delete BEFORE DELETE ON withdrawal
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;
CREATE TRIGGER withdrawal_no_replace BEFORE INSERT ON withdrawal WHEN NEW.review IN (SELECT review FROM withdrawal)
BEGIN SELECT RAISE(ABORT, 'the review log is append-only'); END;

-- Weights of FSRS fitted to this learner. The newest row that has parameters is in force; one without
-- records a fit that brought nothing, so that it is not tried again at once.
CREATE TABLE weights (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    reviews    INTEGER NOT NULL,  -- how many answers the log held
    parameters TEXT               -- JSON: a list of 21 numbers
);

-- What the learner says about an item.
CREATE TABLE mark (
    item          TEXT PRIMARY KEY,
    suspended_at  INTEGER,
    bookmarked_at INTEGER,
    flagged_at    INTEGER,
    note          TEXT,
    CHECK ((flagged_at IS NULL) = (note IS NULL))
) WITHOUT ROWID;

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL  -- JSON; a setting that has its default is not here
) WITHOUT ROWID;

-- Derived, from here on: a fold over review, withdrawal and weights that can be rebuilt at any time.

CREATE TABLE card (
    item       TEXT    NOT NULL,
    revision   INTEGER NOT NULL,
    learned    INTEGER NOT NULL,  -- 0: missed last, comes back in minutes; 1: comes back after days
    stability  REAL    NOT NULL,  -- days after which it is recalled with a probability of 0.9
    difficulty REAL    NOT NULL,  -- 1 to 10
    due_day    INTEGER NOT NULL,
    due_at     INTEGER,           -- NULL: at the start of due_day, wherever the learner is by then
    last_at    INTEGER NOT NULL,
    last_day   INTEGER NOT NULL,
    reps       INTEGER NOT NULL,
    correct    INTEGER NOT NULL,  -- how many of them earned all points
    lapses     INTEGER NOT NULL,
    last_right INTEGER NOT NULL,
    PRIMARY KEY (item, revision)
) WITHOUT ROWID;

CREATE TABLE day (
    day      INTEGER PRIMARY KEY,
    reviews  INTEGER NOT NULL,
    correct  INTEGER NOT NULL,  -- earned all points
    millis   INTEGER NOT NULL,  -- time spent, at most ten minutes counted for an answer
    fresh    INTEGER NOT NULL,  -- items answered for the first time
    due      INTEGER NOT NULL,  -- items that were due and were answered, each counted once
    spaced   INTEGER NOT NULL,  -- answers a day or more after the one before
    recalled INTEGER NOT NULL   -- how many of those were recalled
);
