-- taught models by the hash of their bytes, never changed; the version that names them is a row of rule_version
CREATE TABLE model (hash {text} NOT NULL PRIMARY KEY, size {big} NOT NULL, body {blob} NOT NULL);
