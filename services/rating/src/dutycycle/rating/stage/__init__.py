"""Stages of the pipeline, one file each: a stage reads a draft, adds its steps and passes the draft on."""
