-- due_source, leaves_source: which word says so; leaves: until when the box can still be held, 2**53 where nothing says
ALTER TABLE visit ADD COLUMN due_source {text} NOT NULL DEFAULT '';
ALTER TABLE visit ADD COLUMN leaves {big} NOT NULL DEFAULT 9007199254740992;
ALTER TABLE visit ADD COLUMN leaves_source {text} NOT NULL DEFAULT '';

-- every indicator that fired on a visit, as visit.reasons names them; rows of before are laid out when judged again,
-- which the blank at their end makes sure of: it says that the row is to be written anew
CREATE TABLE fired_on (
  indicator {text} NOT NULL, visit {big} NOT NULL, PRIMARY KEY (indicator, visit)
){clustered};
UPDATE visit SET reasons = reasons || ' ' WHERE reasons <> '';

-- what was last told of a ship's call at a port: when it comes, when it goes, and who says so
CREATE TABLE ship_call (
  ship {text} NOT NULL, place {text} NOT NULL, voyage {text} NOT NULL, arrival {big}, arrival_source {text} NOT NULL,
  departure {big}, departure_source {text} NOT NULL, hlc {big} NOT NULL,
  PRIMARY KEY (ship, place, voyage)
){clustered};

-- "these two are one", append-only: the latest row of a key counts; into_key = key takes an earlier one back
DROP TABLE party_merge;
CREATE TABLE party_merging (
  hlc {key}, key {big} NOT NULL, into_key {big} NOT NULL, officer {text} NOT NULL
);
CREATE INDEX party_merging_key ON party_merging (key, hlc);

-- erasures: asked, then refused, withdrawn or confirmed, then done; id is the log entry that asked, entry the last one
CREATE TABLE erasure (
  id {key}, state {text} NOT NULL, kind {text} NOT NULL, wanted {text} NOT NULL, officer {text} NOT NULL,
  asked {big} NOT NULL, entry {big} NOT NULL, decided_by {text} NOT NULL, decided {big}, units {big} NOT NULL,
  boxes {big} NOT NULL, removed {big} NOT NULL
);
-- stones: a box that was erased is said to be erased; nothing else is left of it
CREATE TABLE erased (
  container {text} NOT NULL, segment {big} NOT NULL, site {text} NOT NULL, handling {int} NOT NULL,
  erasure {big} NOT NULL, moment {big} NOT NULL,
  PRIMARY KEY (container, segment)
){clustered};
