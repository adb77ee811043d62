-- versions and steps are only ever added; the state of a version is its last step
CREATE TABLE rule_version (
  kind {text} NOT NULL, id {text} NOT NULL, version {big} NOT NULL, hash {text} NOT NULL, body {blob} NOT NULL,
  author {text} NOT NULL, made {big} NOT NULL, reason {text} NOT NULL, valid_from {big} NOT NULL, valid_until {big},
  PRIMARY KEY (kind, id, version)
){clustered};
CREATE TABLE rule_step (
  place {counted}, kind {text} NOT NULL, id {text} NOT NULL, version {big} NOT NULL, verb {text} NOT NULL,
  state {text} NOT NULL, officer {text} NOT NULL, moment {big} NOT NULL, reason {text} NOT NULL
);
CREATE INDEX rule_step_version ON rule_step (kind, id, version, place);
CREATE TABLE policy (hash {text} NOT NULL PRIMARY KEY, first {big} NOT NULL, body {blob} NOT NULL);
INSERT INTO counter (name, value, bound) VALUES ('rules', 0, 0);
