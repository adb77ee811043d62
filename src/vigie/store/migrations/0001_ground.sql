-- heads of the two chains; term counts the sequencers there have been, so that a forgotten one cannot write
CREATE TABLE head (
  name {text} NOT NULL PRIMARY KEY, seq {big} NOT NULL, chain {blob}, term {big} NOT NULL
);
INSERT INTO head (name, seq, term) VALUES ('log', 0, 0);
INSERT INTO head (name, seq, term) VALUES ('trail', 0, 0);

-- unit: erasure units handed out, and the end of the block that the key file holds for us; watch: changes of watch lists
CREATE TABLE counter (name {text} NOT NULL PRIMARY KEY, value {big} NOT NULL, bound {big} NOT NULL);
INSERT INTO counter (name, value, bound) VALUES ('unit', 0, 0);
INSERT INTO counter (name, value, bound) VALUES ('watch', 0, 0);
INSERT INTO counter (name, value, bound) VALUES ('visit', 0, 0);

-- the raw record: written once, never changed; id is the erasure unit of the body
CREATE TABLE inbox (
  id {key}, kind {text} NOT NULL, digest {blob} NOT NULL UNIQUE, received {big} NOT NULL, recorded {big},
  backload {int} NOT NULL, source {text} NOT NULL, message {text} NOT NULL, body {blob}
);
CREATE TABLE inbox_waiting (id {key});
CREATE TABLE inbox_fault (id {key}, code {text} NOT NULL, facts {text} NOT NULL);

-- chain = sha256(chain before, (hlc, kind, subject, unit, source, sha256 of the sealed body))
CREATE TABLE log (
  hlc {key}, kind {text} NOT NULL, subject {text} NOT NULL, unit {big} NOT NULL, source {text} NOT NULL,
  digest {blob} NOT NULL, chain {blob} NOT NULL, body {blob}
);
CREATE INDEX log_subject ON log (subject, hlc);
CREATE INDEX log_unit ON log (unit);

CREATE TABLE message (
  message {text} NOT NULL PRIMARY KEY, format {text} NOT NULL, form {text} NOT NULL, received {big} NOT NULL,
  sent_at {big}, parts {big} NOT NULL, doubts {big} NOT NULL
);
CREATE INDEX message_received ON message (received);
CREATE TABLE part (
  unit {key}, hlc {big} NOT NULL, message {text} NOT NULL, number {big} NOT NULL, format {text} NOT NULL,
  form {text} NOT NULL, start_byte {big} NOT NULL, segment {big} NOT NULL, sent_at {big}, read_rows {big} NOT NULL
);
CREATE INDEX part_message ON part (message, number);
CREATE TABLE doubt (
  unit {big} NOT NULL, number {big} NOT NULL, code {text} NOT NULL, place {text} NOT NULL, facts {text} NOT NULL,
  PRIMARY KEY (unit, number)
){clustered};

CREATE TABLE outbox (
  id {counted}, topic {text} NOT NULL, body {blob} NOT NULL, due {big} NOT NULL, tries {big} NOT NULL
);
CREATE INDEX outbox_due ON outbox (topic, due, id);
