-- the exchange log: headers and body hashes for ever, bodies sealed, each with the key of its own erasure unit;
-- origin: whose log it stands in; seq: its place there
CREATE TABLE exchange_entry (
  origin {text} NOT NULL, seq {big} NOT NULL, id {text} NOT NULL, version {big} NOT NULL, kind {text} NOT NULL,
  header {blob} NOT NULL, body_hash {blob} NOT NULL, received {big} NOT NULL, unit {big} NOT NULL, body {blob},
  PRIMARY KEY (origin, seq)
);
CREATE INDEX exchange_entry_id ON exchange_entry (id, version);
CREATE INDEX exchange_entry_received ON exchange_entry (origin, received);
CREATE INDEX exchange_entry_unit ON exchange_entry (unit);
-- the tree over the own log: hashes of every fourth level, sixteen to a row
CREATE TABLE exchange_tile (level {big} NOT NULL, place {big} NOT NULL, hashes {blob} NOT NULL,
  PRIMARY KEY (level, place)){clustered};
CREATE TABLE exchange_size (name {text} NOT NULL PRIMARY KEY, size {big} NOT NULL, root {blob});
INSERT INTO exchange_size (name, size) VALUES ('own', 0);
-- heads of logs, own and partners', as they were signed; words: who else says to have seen them
CREATE TABLE exchange_head (origin {text} NOT NULL, size {big} NOT NULL, told {blob} NOT NULL, signature {blob} NOT NULL,
  PRIMARY KEY (origin, size)){clustered};
CREATE TABLE exchange_word (origin {text} NOT NULL, size {big} NOT NULL, node {text} NOT NULL, key {text} NOT NULL,
  signature {blob} NOT NULL, upto {big} NOT NULL, PRIMARY KEY (origin, size, node)){clustered};
-- what partners have not acknowledged yet
CREATE TABLE exchange_outbox (partner {text} NOT NULL, seq {big} NOT NULL, PRIMARY KEY (partner, seq)){clustered};
-- sizes of the own log whose heads were made for a partner
CREATE TABLE exchange_offer (partner {text} NOT NULL, size {big} NOT NULL, PRIMARY KEY (partner, size)){clustered};
CREATE TABLE exchange_partner (partner {text} NOT NULL PRIMARY KEY, sent {big} NOT NULL, heard {big} NOT NULL);
-- how things stand; next: when to look at it again
CREATE TABLE exchange_standing (id {text} NOT NULL PRIMARY KEY, life {text} NOT NULL, next {big} NOT NULL,
  body {text} NOT NULL);
CREATE INDEX exchange_standing_next ON exchange_standing (next);
-- what partners answered to a revision, a retraction, an expiry; outcome '' while they have not
CREATE TABLE exchange_answer (id {text} NOT NULL, version {big} NOT NULL, node {text} NOT NULL, asked {big} NOT NULL,
  outcome {text} NOT NULL, answered {big}, reason {text} NOT NULL, authority {text} NOT NULL,
  PRIMARY KEY (id, version, node)){clustered};
-- what waits for a second officer before it leaves, sealed
CREATE TABLE exchange_draft (id {text} NOT NULL PRIMARY KEY, officer {text} NOT NULL, made {big} NOT NULL,
  unit {big} NOT NULL, body {blob} NOT NULL);
-- keyed hashes of what things speak of, gone with their bodies
CREATE TABLE exchange_term (term {text} NOT NULL, id {text} NOT NULL, unit {big} NOT NULL,
  PRIMARY KEY (term, id, unit)){clustered};
CREATE INDEX exchange_term_unit ON exchange_term (unit);
