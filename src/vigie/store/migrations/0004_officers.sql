-- chain = sha256(chain before, canonical JSON of the entry)
CREATE TABLE trail (
  seq {key}, moment {big} NOT NULL, officer {text} NOT NULL, purpose {text} NOT NULL, act {text} NOT NULL,
  subject {text} NOT NULL, outcome {text} NOT NULL, facts {text} NOT NULL, chain {blob} NOT NULL
);
CREATE INDEX trail_officer ON trail (officer, seq);
CREATE INDEX trail_subject ON trail (subject, seq);

CREATE TABLE officer (id {text} NOT NULL PRIMARY KEY, body {text} NOT NULL);
CREATE TABLE link (
  token {blob} NOT NULL PRIMARY KEY, officer {text} NOT NULL, expires {big} NOT NULL, used {big}
);
CREATE TABLE session (
  token {blob} NOT NULL PRIMARY KEY, officer {text} NOT NULL, opened {big} NOT NULL, expires {big} NOT NULL
);
CREATE INDEX session_officer ON session (officer);
CREATE TABLE preference (
  officer {text} NOT NULL, name {text} NOT NULL, body {blob} NOT NULL, PRIMARY KEY (officer, name)
){clustered};
CREATE TABLE setting (name {text} NOT NULL PRIMARY KEY, body {blob} NOT NULL);

CREATE TABLE notice (
  id {counted}, visit {text} NOT NULL, code {text} NOT NULL, moment {big} NOT NULL, officer {text} NOT NULL,
  site {text} NOT NULL, facts {text} NOT NULL, seen {big}
);
CREATE INDEX notice_officer ON notice (officer, id);
CREATE INDEX notice_site ON notice (site, id);
CREATE INDEX notice_visit ON notice (visit, code);
