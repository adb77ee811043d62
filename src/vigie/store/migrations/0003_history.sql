-- append-only whole numbers; bodies are MessagePack of (keys, measures), of totals, of sums
CREATE TABLE history (
  hlc {big} NOT NULL, line {big} NOT NULL, kind {big} NOT NULL, target {big} NOT NULL, of_kind {big} NOT NULL,
  body {blob} NOT NULL,
  PRIMARY KEY (hlc, line, kind)
){clustered};
CREATE INDEX history_line ON history (line, kind, hlc);
CREATE TABLE prefix (
  family {big} NOT NULL, key {big} NOT NULL, hlc {big} NOT NULL, totals {blob} NOT NULL,
  PRIMARY KEY (family, key, hlc)
){clustered};
CREATE TABLE retraction (
  family {big} NOT NULL, key {big} NOT NULL, hlc {big} NOT NULL, target {big} NOT NULL, taken {big} NOT NULL,
  sums {blob} NOT NULL,
  PRIMARY KEY (family, key, hlc, target)
){clustered};
