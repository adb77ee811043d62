-- release rights: the body (parties, chain, seals of keys) is sealed with the key of the last act's unit; no key is here
CREATE TABLE release_right (
  id {text} NOT NULL PRIMARY KEY, container {text} NOT NULL, visit {text} NOT NULL, site {text} NOT NULL,
  terminal {text} NOT NULL, state {text} NOT NULL, until {big} NOT NULL, changed {big} NOT NULL, unit {big} NOT NULL,
  body {blob}
){clustered};
CREATE INDEX release_right_container ON release_right (container);
CREATE INDEX release_right_changed ON release_right (changed);
CREATE INDEX release_right_unit ON release_right (unit);
-- every key presented at a gate, with the answer; vehicle: pseudonym of the plate
CREATE TABLE release_attempt (
  hlc {key}, nonce {text} NOT NULL, container {text} NOT NULL, terminal {text} NOT NULL, gate {text} NOT NULL,
  release_right {text} NOT NULL, code {text} NOT NULL, vehicle {text} NOT NULL, officer {text} NOT NULL,
  moment {big} NOT NULL, unit {big} NOT NULL
);
CREATE INDEX release_attempt_nonce ON release_attempt (nonce);
CREATE INDEX release_attempt_gate ON release_attempt (terminal, gate, moment);
CREATE INDEX release_attempt_vehicle ON release_attempt (terminal, vehicle);
CREATE INDEX release_attempt_container ON release_attempt (container);
CREATE INDEX release_attempt_unit ON release_attempt (unit);
-- events of other systems that were taken in, each once
CREATE TABLE release_event (
  source {text} NOT NULL, event {text} NOT NULL, moment {big} NOT NULL, PRIMARY KEY (source, event)
){clustered};
