"""Addresses of the FHIR interface."""

from django.urls import path

from osler_site.fhir_api import views
from osler_site.fhir_api.endpoint import endpoint

READ = ("GET",)
OPERATION = ("GET", "POST")
BUNDLE = {"shape": "bundle"}

_apply_plan = endpoint(views.apply_plan, *OPERATION)
_apply_activity = endpoint(views.apply_activity, *OPERATION)

urlpatterns = [
    path("metadata", endpoint(views.metadata, *READ), name="fhir-metadata"),
    path("PlanDefinition", endpoint(views.plans, *READ), name="fhir-plans"),
    path("PlanDefinition/$apply", _apply_plan, name="fhir-apply"),
    path("PlanDefinition/$r5.apply", _apply_plan, BUNDLE, name="fhir-apply-bundle"),
    path("PlanDefinition/<str:resource_id>", endpoint(views.plan, *READ), name="fhir-plan"),
    path("PlanDefinition/<str:resource_id>/$apply", _apply_plan, name="fhir-apply-plan"),
    path(
        "PlanDefinition/<str:resource_id>/$r5.apply", _apply_plan, BUNDLE,
        name="fhir-apply-plan-bundle",
    ),
    path("ActivityDefinition/$apply", _apply_activity, name="fhir-apply-own-activity"),
    path(
        "ActivityDefinition/<str:resource_id>", endpoint(views.activity, *READ),
        name="fhir-activity",
    ),
    path(
        "ActivityDefinition/<str:resource_id>/$apply", _apply_activity,
        name="fhir-apply-activity",
    ),
    path(
        "Questionnaire/<str:resource_id>", endpoint(views.questionnaire, *READ),
        name="fhir-questionnaire",
    ),
    path("<path:rest>", endpoint(views.nothing, *OPERATION), name="fhir-nothing"),
]  # fmt: skip
