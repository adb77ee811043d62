-- months that moved to Parquet files: state 'written' (the file is compared, rows are being removed) or 'moved'.
-- digest: SHA-256 over the rows, equal in store and file; file_digest: of the file's bytes
CREATE TABLE archived (
  source {text} NOT NULL, month {text} NOT NULL, first {big} NOT NULL, until {big} NOT NULL, state {text} NOT NULL,
  held {big} NOT NULL, digest {text} NOT NULL, file {text} NOT NULL, file_bytes {big} NOT NULL,
  file_digest {text} NOT NULL, made {big} NOT NULL,
  PRIMARY KEY (source, month)
){clustered};
