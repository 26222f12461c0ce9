"""The database's tables and how they came to be, as sqlite-utils migrations (applied in order, each once)."""

from __future__ import annotations

import sqlite3

from archivist.index.marking import MARKING, MARKING_DOSSIERS, MARKING_OVERRIDES
from archivist.index.numbers import TABLES as NUMBERS
from archivist.index.sqlite import Database, Migrations
from archivist.index.verifications import TABLES as VERIFICATIONS

migrations = Migrations("archivist")

_TABLES = """
CREATE TABLE projects (
  code TEXT PRIMARY KEY, name TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL, category TEXT,
  department TEXT NOT NULL, record TEXT NOT NULL, folder TEXT, updated TEXT NOT NULL,
  stale INTEGER NOT NULL DEFAULT 1 -- its status page has to be written anew
);
CREATE INDEX projects_category ON projects (category, township, code);

CREATE TABLE sources (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, origin TEXT NOT NULL, parent INTEGER REFERENCES sources(id),
  sha256 TEXT NOT NULL, size INTEGER NOT NULL, vault TEXT, kind TEXT, pages INTEGER, state TEXT NOT NULL,
  received TEXT NOT NULL, decided_project TEXT, decided_item INTEGER, note TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sources_sha256 ON sources (sha256);
CREATE INDEX sources_state ON sources (state);
CREATE INDEX sources_name ON sources (origin, name);

CREATE TABLE documents (
  id TEXT PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), first INTEGER NOT NULL, last INTEGER NOT NULL,
  status TEXT NOT NULL, project TEXT, item INTEGER, confidence REAL NOT NULL, candidates TEXT NOT NULL,
  reasons TEXT NOT NULL, evidence TEXT NOT NULL, title TEXT, date TEXT, issuer TEXT, level TEXT,
  sealed TEXT NOT NULL, signed TEXT NOT NULL, path TEXT, path_sha256 TEXT, text_source TEXT NOT NULL,
  original TEXT, decided_by TEXT, archival INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX documents_place ON documents (status, project, item);
CREATE INDEX documents_source ON documents (source);
CREATE INDEX documents_path ON documents (path);

CREATE INDEX documents_copy ON documents (path_sha256);

-- Files that stand for nothing any more: drops whose bytes are safe, and our own copies at places given up.
CREATE TABLE removals (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), reason TEXT NOT NULL, path BLOB NOT NULL,
  stamp TEXT, sha256 TEXT NOT NULL
);
CREATE INDEX removals_source ON removals (source);

-- Untouched combined scans kept beside the documents cut from them.
CREATE TABLE copies (path TEXT PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), sha256 TEXT NOT NULL);

CREATE TABLE pages (
  id INTEGER PRIMARY KEY, source INTEGER NOT NULL REFERENCES sources(id), number INTEGER NOT NULL,
  text TEXT NOT NULL, text_source TEXT NOT NULL, rotation INTEGER NOT NULL, UNIQUE (source, number)
);
CREATE VIRTUAL TABLE page_words USING fts5 (words, content='', detail='none', tokenize="ascii");

CREATE TABLE events (
  seq INTEGER PRIMARY KEY, at TEXT NOT NULL, actor TEXT NOT NULL, place TEXT NOT NULL, act TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL
);
CREATE TRIGGER events_follow BEFORE INSERT ON events
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM events)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_kept BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_fixed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
"""


_LESSONS = """
ALTER TABLE documents ADD COLUMN facts TEXT NOT NULL DEFAULT '[]';

-- What people's decisions taught (see core.identify.lessons); a document's lessons go when it is decided anew.
CREATE TABLE lessons (
  id INTEGER PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), words TEXT NOT NULL, project TEXT, item INTEGER
);
CREATE INDEX lessons_document ON lessons (document);
"""

_SEARCHABLE = """
-- Searchable copies; derived, so no document is bound to them.
CREATE TABLE searchable (
  document TEXT PRIMARY KEY, of TEXT NOT NULL, made_of TEXT NOT NULL, path TEXT UNIQUE, sha256 TEXT, note TEXT NOT NULL
);
CREATE INDEX searchable_sha256 ON searchable (sha256);
"""

_DECISIONS = """
-- People's decisions with the state before each; undone holds the event that took it back.
CREATE TABLE decisions (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, batch INTEGER NOT NULL, act TEXT NOT NULL, source INTEGER NOT NULL,
  before TEXT NOT NULL, undone INTEGER
);
CREATE INDEX decisions_batch ON decisions (batch);
CREATE TABLE decided (decision INTEGER NOT NULL REFERENCES decisions(id), document TEXT NOT NULL);
CREATE INDEX decided_document ON decided (document);

-- Numbers of documents that a taken-back division had made: never given again.
CREATE TABLE withdrawn (document TEXT PRIMARY KEY);
"""

_WAIVERS = """
CREATE TABLE waivers (
  project TEXT NOT NULL, item INTEGER NOT NULL, reason TEXT NOT NULL, actor TEXT NOT NULL, at TEXT NOT NULL,
  PRIMARY KEY (project, item)
);
"""


_MARKS = """
ALTER TABLE documents ADD COLUMN marks TEXT NOT NULL DEFAULT '{}'; -- seals, places to sign, where the date stands
"""


@migrations()
def tables(db: Database) -> None:
    """The first edition."""
    db.executescript(_TABLES)


@migrations()
def lessons(db: Database) -> None:
    """Facts read out of documents, and lessons from decisions."""
    db.executescript(_LESSONS)


@migrations()
def marks(db: Database) -> None:
    """Where seals, signatures and the date were seen."""
    db.executescript(_MARKS)


@migrations()
def searchable(db: Database) -> None:
    """Searchable copies of scanned documents."""
    db.executescript(_SEARCHABLE)


@migrations()
def decisions(db: Database) -> None:
    """What it takes to undo a decision."""
    db.executescript(_DECISIONS)


@migrations()
def waivers(db: Database) -> None:
    """What projects need not hand in."""
    db.executescript(_WAIVERS)


_KEEPING = """
-- What was seen of the filed copies people have: the stamp their bytes were proved at; state '', altered or gone.
CREATE TABLE standing (
  path TEXT PRIMARY KEY, stamp TEXT NOT NULL, state TEXT NOT NULL DEFAULT '', since TEXT, sha256 TEXT
);
CREATE INDEX standing_state ON standing (state) WHERE state <> '';

-- Sources whose work failed, how often, and when it is tried again (seconds since 1970).
CREATE TABLE attempts (
  source INTEGER PRIMARY KEY REFERENCES sources(id), count INTEGER NOT NULL, same INTEGER NOT NULL,
  error TEXT NOT NULL, at TEXT NOT NULL, next REAL NOT NULL
);

-- Sentences about what could not be worked on in the last pass, and since when that is so.
CREATE TABLE troubles (words TEXT PRIMARY KEY, since TEXT NOT NULL);
"""

_LOGGED = """
-- Rows that changed and that no event carries yet (see index.changes). What an older edition left is all of it.
CREATE TABLE unlogged (name TEXT NOT NULL, row INTEGER NOT NULL, PRIMARY KEY (name, row)) WITHOUT ROWID;

-- The digest of what was read off the source (see index.reads).
ALTER TABLE sources ADD COLUMN read TEXT;

INSERT INTO unlogged SELECT 'projects', rowid FROM projects;
INSERT INTO unlogged SELECT 'sources', rowid FROM sources;
INSERT INTO unlogged SELECT 'documents', rowid FROM documents;
INSERT INTO unlogged SELECT 'lessons', rowid FROM lessons;
INSERT INTO unlogged SELECT 'copies', rowid FROM copies;
INSERT INTO unlogged SELECT 'removals', rowid FROM removals;
INSERT INTO unlogged SELECT 'searchable', rowid FROM searchable;
INSERT INTO unlogged SELECT 'decisions', rowid FROM decisions;
INSERT INTO unlogged SELECT 'decided', rowid FROM decided;
INSERT INTO unlogged SELECT 'withdrawn', rowid FROM withdrawn;
INSERT INTO unlogged SELECT 'waivers', rowid FROM waivers;
INSERT INTO unlogged SELECT DISTINCT 'pages', source FROM pages;
"""


@migrations()
def keeping(db: Database) -> None:
    """What people do to filed copies, failed attempts, standing troubles."""
    db.executescript(_KEEPING)


@migrations()
def logged(db: Database) -> None:
    """Everything can be rebuilt from the events; what older editions did not log is noted and carried by the next."""
    db.executescript(_LOGGED)


_FIXITY = """
-- A second digest of originals, by the national standard (SM3), made when they were verified first.
CREATE TABLE digests (sha256 TEXT PRIMARY KEY, sm3 TEXT NOT NULL);

-- Where the scheduled check of this computer is: the last path looked at, what it did since it began.
CREATE TABLE fixity_round (
  id INTEGER PRIMARY KEY CHECK (id = 1), began TEXT, position TEXT NOT NULL, files INTEGER NOT NULL,
  bytes INTEGER NOT NULL, findings INTEGER NOT NULL, ended TEXT
);
"""


@migrations()
def fixity(db: Database) -> None:
    """What checks of fixity (固定性) remember."""
    db.executescript(_FIXITY)


_VERSIONS = """
-- Older versions of filed documents: what counts in their place, said by whom (NULL: by rule) and why.
CREATE TABLE versions (document TEXT PRIMARY KEY, replaced_by TEXT NOT NULL, by TEXT, reason TEXT NOT NULL);
CREATE INDEX versions_newer ON versions (replaced_by);

-- A link holds while both are filed under the same project and item.
CREATE VIEW version_links AS
SELECT versions.document, versions.replaced_by, versions.by, versions.reason FROM versions
JOIN documents AS older ON older.id = versions.document JOIN documents AS newer ON newer.id = versions.replaced_by
WHERE older.status = 'filed' AND newer.status = 'filed' AND older.project = newer.project AND older.item = newer.item;
"""


@migrations()
def versions(db: Database) -> None:
    """Versions of documents."""
    db.executescript(_VERSIONS)


_DEREGISTRATIONS = """
-- Every passing of the gate (销号) with its whole decision; reopened says when it stopped holding, by whom and why.
CREATE TABLE deregistrations (
  id INTEGER PRIMARY KEY, project TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, decision TEXT NOT NULL,
  reopened TEXT, reopened_by TEXT, reason TEXT
);
CREATE INDEX deregistrations_project ON deregistrations (project);
CREATE UNIQUE INDEX deregistrations_standing ON deregistrations (project) WHERE reopened IS NULL;
"""


@migrations()
def deregistrations(db: Database) -> None:
    """The gate's decisions."""
    db.executescript(_DEREGISTRATIONS)


@migrations()
def names(db: Database) -> None:
    """Documents of one title are found without reading all of a project's."""
    db.execute("CREATE INDEX documents_title ON documents (project, item, title)")


@migrations()
def responsible(db: Database) -> None:
    """Who is responsible for a document (责任者)."""
    db.execute("ALTER TABLE documents ADD COLUMN responsible TEXT")


@migrations()
def of_kind(db: Database) -> None:
    """What kind of paper (文种) a document is."""
    db.execute("ALTER TABLE documents ADD COLUMN of_kind TEXT")


@migrations()
def acts(db: Database) -> None:
    """A decision is looked for in the events that told of it (see index.deregistrations.BACKED)."""
    db.execute("CREATE INDEX events_act ON events (act, subject)")


_WAIVER_DOCUMENTS = """
-- The sealed statement a waiver rests on; waivers of earlier editions have none and hold no longer.
ALTER TABLE waivers ADD COLUMN document TEXT;

-- A waiver holds while its statement is filed under the project and bears a seal.
CREATE VIEW waivers_in_force AS
SELECT waivers.project, waivers.item, waivers.reason, waivers.actor, waivers.at, waivers.document FROM waivers
JOIN documents ON documents.id = waivers.document
WHERE documents.status = 'filed' AND documents.project = waivers.project AND documents.sealed = 'yes';
"""


@migrations()
def waiver_documents(db: Database) -> None:
    """What a waiver rests on."""
    db.executescript(_WAIVER_DOCUMENTS)


_PEOPLE = """
-- Who works with the archive (人员名册).
CREATE TABLE people (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL, level TEXT NOT NULL, roles TEXT NOT NULL,
  duty TEXT NOT NULL, township TEXT NOT NULL, village TEXT NOT NULL, account TEXT NOT NULL, stopped INTEGER NOT NULL,
  updated TEXT NOT NULL, UNIQUE (name, body)
);

-- Proposals to deregister (提请销号) that a second person confirms; ended says when, by whom and why one waits no longer.
CREATE TABLE proposals (
  id INTEGER PRIMARY KEY, project TEXT NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL, proposal TEXT NOT NULL,
  ended TEXT, ended_by TEXT, why TEXT
);
CREATE UNIQUE INDEX proposals_waiting ON proposals (project) WHERE ended IS NULL;
"""


@migrations()
def people(db: Database) -> None:
    """Who works with the archive, and what waits for a second person."""
    db.executescript(_PEOPLE)


_STATES = """
-- How each project stands to the catalogue (see core.catalogue.states), as it is asked for and printed; derived.
-- `until` is the last day on which it holds, '' when no day changes it; `made` the day it was made on.
CREATE TABLE project_states (
  project TEXT PRIMARY KEY, name TEXT NOT NULL, category TEXT, township TEXT NOT NULL, village TEXT NOT NULL,
  department TEXT NOT NULL, complete INTEGER NOT NULL, missing TEXT NOT NULL, outline TEXT NOT NULL,
  items TEXT NOT NULL, whole TEXT NOT NULL, unsorted TEXT NOT NULL, deregistered TEXT, made TEXT NOT NULL,
  until TEXT NOT NULL, line TEXT NOT NULL
);
CREATE INDEX project_states_listed
ON project_states (category, township, project, village, department, complete, missing);
CREATE INDEX project_states_summed
ON project_states (category, township, outline, village, department, missing);
CREATE INDEX project_states_village ON project_states (category, village, township, project);
CREATE INDEX project_states_until ON project_states (until) WHERE until <> '';

-- What they were made by, and the latest day on which any was made; no row: none holds.
CREATE TABLE states_made (id INTEGER PRIMARY KEY CHECK (id = 1), standard TEXT NOT NULL, made TEXT NOT NULL);

-- Projects whose state is not what is kept. Whoever writes marks them: these triggers stand in the file. `papers` is 0
-- where only the rules or the day changed: nobody has their page written anew for that.
CREATE TABLE stale_states (project TEXT PRIMARY KEY, papers INTEGER NOT NULL DEFAULT 1);

CREATE INDEX projects_township ON projects (township);
CREATE INDEX projects_village ON projects (village);
CREATE INDEX projects_department ON projects (department);
"""


@migrations()
def states(db: Database) -> None:
    """How projects stand to the catalogue, kept."""
    db.executescript(_STATES + MARKING)


@migrations()
def log_reach(db: Database) -> None:
    """How far the log outside the database was known to reach: what it lacks of that, somebody took away."""
    db.execute("CREATE TABLE log_reach (id INTEGER PRIMARY KEY CHECK (id = 1), seq INTEGER NOT NULL)")


_OVERRIDES = """
-- Findings on what the software saw that a named authority overrode (负责人核定); each rests on one file, by its sha256.
CREATE TABLE overrides (
  id INTEGER PRIMARY KEY, project TEXT NOT NULL, key TEXT NOT NULL, code TEXT NOT NULL, item INTEGER NOT NULL,
  document TEXT NOT NULL, sha256 TEXT NOT NULL, message TEXT NOT NULL, reason TEXT NOT NULL, name TEXT NOT NULL,
  body TEXT NOT NULL, level TEXT NOT NULL, user TEXT NOT NULL, at TEXT NOT NULL, UNIQUE (project, key)
);
"""


@migrations()
def overrides(db: Database) -> None:
    """What was overridden."""
    db.executescript(_OVERRIDES + MARKING_OVERRIDES)


_SUCCESSION = """
-- Numbers and names a project had before (曾用编号), [[code, name], ...]; why it left the register (移出台账), if it did.
ALTER TABLE projects ADD COLUMN formerly TEXT NOT NULL DEFAULT '[]';
ALTER TABLE projects ADD COLUMN retired TEXT;

-- Rows of a register that may be known projects under other numbers: not registered until somebody answers.
CREATE TABLE register_questions (
  id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, record TEXT NOT NULL, likes TEXT NOT NULL, file TEXT NOT NULL,
  at TEXT NOT NULL
);

-- What people decided about projects as such (换编号、并入、拆分、移出、镇街变更) with what it takes to undo it.
CREATE TABLE register_acts (
  id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, batch INTEGER NOT NULL, act TEXT NOT NULL, projects TEXT NOT NULL,
  told TEXT NOT NULL, before TEXT NOT NULL, undone INTEGER
);
"""


@migrations()
def succession(db: Database) -> None:
    """A register has a history."""
    db.executescript(_SUCCESSION)


@migrations()
def archive_numbers(db: Database) -> None:
    """Numbers of the archive (档号)."""
    db.executescript(NUMBERS)


@migrations()
def verifications(db: Database) -> None:
    """What people verified by hand (四性)."""
    db.executescript(VERIFICATIONS)


_DOSSIERS = """
-- The dossier of each project (项目底册) as it is now, and every change of it: who, when, from what, which cells.
CREATE TABLE dossiers (
  id INTEGER PRIMARY KEY, project TEXT NOT NULL UNIQUE, record TEXT NOT NULL, version INTEGER NOT NULL, at TEXT NOT NULL,
  actor TEXT NOT NULL
);
CREATE TABLE dossier_changes (
  id INTEGER PRIMARY KEY, project TEXT NOT NULL, version INTEGER NOT NULL, at TEXT NOT NULL, actor TEXT NOT NULL,
  origin TEXT NOT NULL, changes TEXT NOT NULL
);
CREATE INDEX dossier_changes_project ON dossier_changes (project, id);
"""


@migrations()
def dossiers(db: Database) -> None:
    """What is entered once of a project, with its history."""
    db.executescript(_DOSSIERS + MARKING_DOSSIERS)


def make_tables(connection: sqlite3.Connection) -> None:
    """Give a fresh database the tables of this edition."""
    migrations.apply(Database(connection))
