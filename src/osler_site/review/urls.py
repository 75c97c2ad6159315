"""Addresses of the board's pages."""

from django.urls import path

from osler_site.review import assigning_views, publishing_views, views

urlpatterns = [
    path("", views.queue, name="review-queue"),
    path("<int:state_id>/", views.review, name="review"),
    path("<int:state_id>/claim", views.claim_view, name="review-claim"),
    path("<int:state_id>/verdict", views.verdict_view, name="review-verdict"),
    path("<int:state_id>/hand-back", views.hand_back_view, name="review-hand-back"),
    path("<int:state_id>/due", views.due_view, name="review-due"),
    path("<int:state_id>/sign", views.sign_view, name="review-sign"),
    path("<int:state_id>/assign", assigning_views.assign_view, name="review-assign"),
    path("<int:state_id>/take-away", assigning_views.take_away_view, name="review-take-away"),
    path("publishing/<int:page_id>/", publishing_views.publishing, name="review-publishing"),
    path("publishing/<int:page_id>/show", publishing_views.show, name="review-show"),
    path(
        "publishing/<int:page_id>/withdraw", publishing_views.withdraw_view, name="review-withdraw"
    ),
    path(
        "publishing/<int:page_id>/take-back",
        publishing_views.take_back_view,
        name="review-take-back",
    ),
]
