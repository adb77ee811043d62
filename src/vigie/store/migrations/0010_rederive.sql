-- vector_at: hlc of the assessment that read the vector; 0 where an older version made it
ALTER TABLE assessment ADD COLUMN vector_at {big} NOT NULL DEFAULT 0;
