-- seizures, each state of each as long as it held: start <= hlc < finish; plain codes alone, words lie in the reports
CREATE TABLE seizure (
  id {text} NOT NULL, start {big} NOT NULL, finish {big} NOT NULL, state {text} NOT NULL, merged_into {text} NOT NULL,
  lead {big} NOT NULL, recorded {big} NOT NULL, moment {big} NOT NULL, place {text} NOT NULL, handling {big} NOT NULL,
  container {text} NOT NULL, visit {text} NOT NULL, cases {text} NOT NULL, PRIMARY KEY (id, start)
){clustered};
CREATE INDEX seizure_moment ON seizure (moment, id, start);
CREATE INDEX seizure_changed ON seizure (start);
CREATE INDEX seizure_container ON seizure (container);
CREATE INDEX seizure_visit ON seizure (visit);
CREATE INDEX seizure_cases ON seizure (cases);
-- one row for each substance of each state, flat, for statistics
CREATE TABLE seizure_row (
  id {text} NOT NULL, start {big} NOT NULL, place_in {big} NOT NULL, finish {big} NOT NULL, hlc {big} NOT NULL,
  moment {big} NOT NULL, place {text} NOT NULL, country {text} NOT NULL, substance {text} NOT NULL, grams {big},
  net_g {big}, gross_g {big}, leads {big} NOT NULL, packages {big}, cover_hs {text} NOT NULL,
  concealment {text} NOT NULL, provenance {text} NOT NULL, loaded {text} NOT NULL, route {text} NOT NULL,
  detector {text} NOT NULL, services {text} NOT NULL, countries {text} NOT NULL, scope {text} NOT NULL,
  handling {big} NOT NULL, is_closed {big} NOT NULL, is_joint {big} NOT NULL, container {text} NOT NULL,
  visit {text} NOT NULL, PRIMARY KEY (id, start, place_in)
){clustered};
CREATE INDEX seizure_row_moment ON seizure_row (moment, id, start, place_in);
-- what each service told, sealed with the unit of the act; which reports a state of a seizure has
CREATE TABLE seizure_report (hlc {key}, unit {big} NOT NULL, body {blob});
CREATE INDEX seizure_report_unit ON seizure_report (unit);
CREATE TABLE seizure_member (
  id {text} NOT NULL, start {big} NOT NULL, report {big} NOT NULL, PRIMARY KEY (id, start, report)
){clustered};
CREATE INDEX seizure_member_report ON seizure_member (report);
-- tables that were handed in: counts; the bytes are in the log, the questions that wait are sealed
CREATE TABLE seizure_import (
  hlc {key}, unit {big} NOT NULL, officer {text} NOT NULL, moment {big} NOT NULL, name {text} NOT NULL,
  size {big} NOT NULL, taken {big} NOT NULL, known {big} NOT NULL, asked {big} NOT NULL, refused {big} NOT NULL,
  flagged {big} NOT NULL, body {blob}
);
CREATE INDEX seizure_import_unit ON seizure_import (unit);
CREATE TABLE seizure_answer (handed_in {big} NOT NULL, line {big} NOT NULL, answer {text} NOT NULL, officer {text} NOT NULL,
  moment {big} NOT NULL, PRIMARY KEY (handed_in, line)){clustered};
-- claims of others and our own published figures; a claim names no person
CREATE TABLE claim (
  id {big} NOT NULL, place_in {big} NOT NULL, digest {text} NOT NULL, document {text} NOT NULL, area {text} NOT NULL,
  measure {text} NOT NULL, first_day {text} NOT NULL, last_day {text} NOT NULL, body {text} NOT NULL,
  PRIMARY KEY (id, place_in)
){clustered};
CREATE UNIQUE INDEX claim_digest ON claim (digest);
CREATE INDEX claim_document ON claim (document);
