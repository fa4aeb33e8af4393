"""Readers of single fields: names, dates, credits, datelines, languages."""
