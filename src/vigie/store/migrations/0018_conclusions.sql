-- priorities: what each step says, only ever added; the body is sealed with the key of the act that brought it
CREATE TABLE priority_step (hlc {key}, priority {text} NOT NULL, unit {big} NOT NULL, body {blob});
CREATE INDEX priority_step_priority ON priority_step (priority);
CREATE INDEX priority_step_unit ON priority_step (unit);
-- dossiers that leave the service: asked, then allowed, refused or withdrawn by another officer
CREATE TABLE dossier (
  id {counted}, judicial_case {text} NOT NULL, recipient {text} NOT NULL, clearance {big} NOT NULL,
  purpose {text} NOT NULL, officer {text} NOT NULL, asked {big} NOT NULL, reason {text} NOT NULL, state {text} NOT NULL,
  decided_by {text} NOT NULL, decided {big}, answer {text} NOT NULL
);
