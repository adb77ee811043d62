-- access logs: who (a pseudonym) did what; raw and access_user.body are sealed, each with the key of that one person
CREATE TABLE access_user (who {text} NOT NULL PRIMARY KEY, unit {big} NOT NULL, body {blob});
CREATE INDEX access_user_unit ON access_user (unit);
CREATE TABLE access_event (
  digest {text} NOT NULL PRIMARY KEY, moment {big} NOT NULL, who {text} NOT NULL, system {text} NOT NULL,
  act {text} NOT NULL, container {text} NOT NULL, zone {text} NOT NULL, role {text} NOT NULL, peers {text} NOT NULL,
  firm {text} NOT NULL, unit {big} NOT NULL, raw {blob}
);
CREATE INDEX access_event_moment ON access_event (moment);
CREATE INDEX access_event_unit ON access_event (unit);
-- the names of a day, as they were told; day: days since 1970-01-01
CREATE TABLE access_alert (day {big} NOT NULL, place {big} NOT NULL, who {text} NOT NULL, body {text} NOT NULL,
  PRIMARY KEY (day, place)){clustered};
-- openings: asked, then opened, refused or withdrawn
CREATE TABLE access_opening (
  id {counted}, who {text} NOT NULL, officer {text} NOT NULL, asked {big} NOT NULL, reason {text} NOT NULL,
  state {text} NOT NULL, decided_by {text} NOT NULL, decided {big}, answer {text} NOT NULL
);
-- what access logs say of a box, only ever added: NULL where no log tells
CREATE TABLE access_mark (
  visit {text} NOT NULL, moment {big} NOT NULL, lookups {big}, pickup {big}, uplifted {big},
  PRIMARY KEY (visit, moment)
){clustered};
