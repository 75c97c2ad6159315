"""Where the public services are; a mirror is named to `fetch` instead."""

from __future__ import annotations

EUTILS = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils"
EUROPE_PMC = "https://www.ebi.ac.uk/europepmc/webservices/rest"
OPENFDA = "https://api.fda.gov"

BASES = {"pubmed": EUTILS, "pmc": EUTILS, "europepmc": EUROPE_PMC, "openfda": OPENFDA}
