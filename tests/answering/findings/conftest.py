"""A trial report written for these tests."""

from __future__ import annotations

import pytest

from osler.answering.findings import Report
from osler.reading import RawFile, read
from osler.statements import extract

TRIAL = """# Exampline for chronic knee pain: a randomised trial

## Abstract

### Background

Knee pain is common [1]. We aimed to compare exampline with placebo on walking distance.

### Results

Knee pain fell more with exampline than with placebo (mean difference -1.4, 95% CI -2.1 to -0.7;
P < 0.001). Six-minute walking distance (6MWD) did not differ between groups (P = 0.41).

### Conclusions

Exampline may relieve knee pain.

## Methods

Knee pain was measured with a visual analogue scale. Serum zinc was measured at 12 weeks.
The primary outcome was knee pain at 12 weeks.

## Results

We enrolled 120 patients. Adherence was 91% in the exampline group and 72% in the placebo group
(P = 0.01).

### Gastrointestinal events

These were lower in the placebo group than in the exampline group (4 vs 11 patients; P = 0.04).

### Laboratory

Serum zinc was higher in patients given exampline (P = 0.02), but the 6MWD was unchanged.
Morning stiffness improved in both arms, with no differences between the arms.

## Discussion

Previous studies reported that knee pain was reduced by exampline compared with placebo [4, 7].
"""


@pytest.fixture(scope="session")
def trial() -> Report:
    (document,) = read(RawFile("trial.md", "trial.md", TRIAL.encode()))
    return Report.of(extract(document))
