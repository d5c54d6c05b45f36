-- What the service knows of runs and models that MLflow's tables have no place for. These tables stand beside
-- MLflow's own in mlflow.db, so that one transaction covers both; MLflow's migrations leave them alone.
-- They refer to MLflow's rows without foreign keys: a migration drops and remakes tables, and a cascade would
-- then empty these.

CREATE TABLE IF NOT EXISTS azureml_settings (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- The state of the service, which is finer than MLflow's status, and what else a run record has.
CREATE TABLE IF NOT EXISTS azureml_runs (
    run_uuid   TEXT PRIMARY KEY,
    state      TEXT NOT NULL,
    status     TEXT NOT NULL,   -- MLflow's status when the state was set; if it differs now, MLflow changed it
    parent     TEXT,
    properties TEXT NOT NULL DEFAULT '{}'  -- JSON object of text
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS azureml_runs_parent ON azureml_runs (parent);

-- One row for each name that SDK v1 logged: its kind and the types of its columns, set by the first value.
CREATE TABLE IF NOT EXISTS azureml_metrics (
    id        INTEGER PRIMARY KEY,
    run_uuid  TEXT NOT NULL,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,    -- azureml.v1.scalar, azureml.v1.list, azureml.v1.table, azureml.v2.image ...
    columns   TEXT NOT NULL,    -- JSON object: column -> int, double, string, bool, none, Artifact
    timestamp INTEGER NOT NULL, -- of the first value, milliseconds since the epoch
    UNIQUE (run_uuid, name)
);

-- Logged values that a number of MLflow cannot give back: text, rows of tables, the places of artifacts, and
-- numbers of another type than their column or too large for a double.
CREATE TABLE IF NOT EXISTS azureml_metric_values (
    id        INTEGER PRIMARY KEY,
    run_uuid  TEXT NOT NULL,
    name      TEXT NOT NULL,
    step      INTEGER NOT NULL,
    timestamp INTEGER NOT NULL,
    data      TEXT NOT NULL,    -- JSON
    number    REAL              -- what MLflow's row of this step and time holds for it, if there is one
);
CREATE INDEX IF NOT EXISTS azureml_metric_values_name ON azureml_metric_values (run_uuid, name, step);

-- What a version of a model has beside MLflow's columns. Version 0 stands for the model as a whole.
CREATE TABLE IF NOT EXISTS azureml_models (
    name     TEXT NOT NULL,
    version  INTEGER NOT NULL,
    archived INTEGER NOT NULL DEFAULT 0,
    record   TEXT NOT NULL DEFAULT '{}',   -- JSON object
    PRIMARY KEY (name, version)
) WITHOUT ROWID;

-- An experiment that MLflow itself makes would keep its artifacts in ./mlruns of whatever folder the learner is
-- in. MLflow inserts it without a place and then sets its default; that default becomes the workspace's folder.
-- A place that the learner chose is there from the start and stays.
DROP TRIGGER IF EXISTS azureml_artifact_location;
CREATE TRIGGER azureml_artifact_location AFTER UPDATE OF artifact_location ON experiments
WHEN OLD.artifact_location IS NULL OR OLD.artifact_location = ''
BEGIN
    UPDATE experiments
       SET artifact_location =
               (SELECT value FROM azureml_settings WHERE key = 'artifact_root') || '/' || NEW.experiment_id
     WHERE experiment_id = NEW.experiment_id;
END;

DROP TRIGGER IF EXISTS azureml_model_renamed;
CREATE TRIGGER azureml_model_renamed AFTER UPDATE OF name ON registered_models
WHEN OLD.name <> NEW.name
BEGIN
    DELETE FROM azureml_models WHERE name = NEW.name;
    UPDATE azureml_models SET name = NEW.name WHERE name = OLD.name;
END;

DROP TRIGGER IF EXISTS azureml_model_deleted;
CREATE TRIGGER azureml_model_deleted AFTER DELETE ON registered_models
BEGIN
    DELETE FROM azureml_models WHERE name = OLD.name;
END;

DROP TRIGGER IF EXISTS azureml_run_purged;
CREATE TRIGGER azureml_run_purged AFTER DELETE ON runs
BEGIN
    DELETE FROM azureml_runs WHERE run_uuid = OLD.run_uuid;
    DELETE FROM azureml_metrics WHERE run_uuid = OLD.run_uuid;
    DELETE FROM azureml_metric_values WHERE run_uuid = OLD.run_uuid;
END;
