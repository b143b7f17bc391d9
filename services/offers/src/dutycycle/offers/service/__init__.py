"""Use cases of offers. Facts are asked for between transactions, so that none is held open over a call."""
