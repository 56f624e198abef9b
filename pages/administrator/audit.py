"""Audit: who saw cases, loaded, took away, judged or changed a setting."""

from ui.administration import audit_parts

audit_parts.finding()
audit_parts.listed()
