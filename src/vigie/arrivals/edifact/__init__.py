"""UN/EDIFACT: messages of ports and carriers are cut, read and written."""
