"""Pathways for FHIR clients (R4): what is here, the plans themselves, and `$apply`."""
