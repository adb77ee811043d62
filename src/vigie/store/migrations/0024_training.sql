-- which officers of this node completed which training package, and when
CREATE TABLE training_done (training {text} NOT NULL, officer {text} NOT NULL, at {big} NOT NULL,
  PRIMARY KEY (training, officer)){clustered};
