-- The index of all content: a cache beside the learner's data that can be deleted at any time.

-- Which program wrote it.
CREATE TABLE maker (fingerprint TEXT NOT NULL);

-- What each file held when it was last read. mtime_ns is -1 when the file must be looked at again.
CREATE TABLE file (
    file     INTEGER PRIMARY KEY,
    path     TEXT NOT NULL UNIQUE,
    label    TEXT NOT NULL,
    rank     INTEGER NOT NULL,
    outline  INTEGER NOT NULL,
    pack     INTEGER NOT NULL,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    hash     BLOB NOT NULL
);

CREATE TABLE fault (
    file    INTEGER NOT NULL,
    line    INTEGER,
    message TEXT NOT NULL
);
CREATE INDEX fault_of_file ON fault (file);

-- Questions and case studies as they stand in the files, twins and unknown topics included.
CREATE TABLE entry (
    entry      INTEGER PRIMARY KEY,
    file       INTEGER NOT NULL,
    position   INTEGER NOT NULL,
    study      INTEGER,            -- position in the same file of the case study that it belongs to
    askable    INTEGER NOT NULL,   -- 0 for a case study as a whole
    id         TEXT NOT NULL,
    topic      TEXT NOT NULL,
    kind       TEXT NOT NULL,
    form       TEXT NOT NULL,
    sdk        TEXT NOT NULL,
    level      TEXT NOT NULL,
    revision   INTEGER NOT NULL,
    guess      REAL NOT NULL,
    case_id    TEXT,
    lab        TEXT,
    line       INTEGER NOT NULL,
    topic_line INTEGER NOT NULL
);
CREATE INDEX entry_of_file ON entry (file, position);
CREATE INDEX entry_by_id ON entry (id);

CREATE TABLE body (
    entry INTEGER PRIMARY KEY,
    json  TEXT NOT NULL
);

CREATE TABLE written (
    file  INTEGER NOT NULL,
    topic TEXT NOT NULL,
    line  INTEGER NOT NULL,
    json  TEXT NOT NULL
);
CREATE INDEX written_of_file ON written (file);

CREATE TABLE planned (
    file INTEGER NOT NULL,
    id   TEXT NOT NULL,
    line INTEGER NOT NULL,
    json TEXT NOT NULL
);
CREATE INDEX planned_of_file ON planned (file);

-- From here on: drawn anew from the tables above whenever a file changed.

CREATE TABLE outline (
    id       TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    json     TEXT NOT NULL
);

CREATE TABLE topic (id TEXT PRIMARY KEY) WITHOUT ROWID;

-- The questions that can be asked.
CREATE TABLE item (
    id       TEXT PRIMARY KEY,
    topic    TEXT NOT NULL,
    kind     TEXT NOT NULL,
    form     TEXT NOT NULL,
    sdk      TEXT NOT NULL,
    level    TEXT NOT NULL,
    revision INTEGER NOT NULL,
    guess    REAL NOT NULL,
    case_id  TEXT,
    lab      TEXT,
    path     TEXT NOT NULL,
    position INTEGER NOT NULL,
    entry    INTEGER NOT NULL
);
CREATE INDEX item_by_topic ON item (topic);

CREATE TABLE case_study (
    id    TEXT PRIMARY KEY,
    entry INTEGER NOT NULL
);

CREATE TABLE note (
    topic   TEXT PRIMARY KEY,
    summary TEXT NOT NULL,
    words   INTEGER NOT NULL,
    json    TEXT NOT NULL
);

CREATE TABLE problem (
    position INTEGER PRIMARY KEY,
    path     TEXT NOT NULL,
    line     INTEGER,
    message  TEXT NOT NULL
);
