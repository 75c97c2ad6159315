"""`$apply`: a PlanDefinition or ActivityDefinition and a patient make requests."""

from osler.pathways.applying.application import Application, Outcome, Reason, Shape, Step
from osler.pathways.applying.apply import apply

__all__ = ["Application", "Outcome", "Reason", "Shape", "Step", "apply"]
