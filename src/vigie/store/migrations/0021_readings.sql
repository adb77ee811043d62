-- readings of scans: what each person saw, only ever added; the body is sealed with the key of the act that brought it
CREATE TABLE reading (hlc {key}, scan {text} NOT NULL, place {text} NOT NULL, officer {text} NOT NULL,
  unit {big} NOT NULL, body {blob});
CREATE UNIQUE INDEX reading_scan ON reading (scan, place);
CREATE INDEX reading_unit ON reading (unit);
-- whom a scan waits for; none before its first reading
CREATE TABLE reading_case (scan {text} NOT NULL PRIMARY KEY, awaits {text} NOT NULL);
CREATE INDEX reading_case_awaits ON reading_case (awaits);
-- who reads which scan now; until: when the claim lapses; began: when the reader first saw it
CREATE TABLE reading_claim (scan {text} NOT NULL PRIMARY KEY, officer {text} NOT NULL, until {big} NOT NULL,
  began {big} NOT NULL);
-- answers of officers to projected pictures, and nothing of any box; real: whether it looked real to them, 1 or 0
CREATE TABLE training_answer (id {counted}, officer {text} NOT NULL, quiz {text} NOT NULL, item {big} NOT NULL,
  at {big} NOT NULL, body {text} NOT NULL, looked_real {big});
CREATE UNIQUE INDEX training_answer_item ON training_answer (officer, quiz, item);
