"""The pages where a reader asks and gets an answer: what each needs before its script. Pure: catalogue in, HTML or data
out."""
