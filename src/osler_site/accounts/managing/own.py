"""The page of one's own account in the administration, without what others vouch for."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    BaseSettingsPanel,
    NameEmailSettingsPanel,
)

# A name stands in the public record of reviews: whoever it names does not change it. A picture
# would be an upload.
_CLOSED: tuple[type[Any], ...] = (NameEmailSettingsPanel, AvatarSettingsPanel)


class OwnAccount(AccountView):  # type: ignore[misc]
    """Notifications, language and appearance."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        """Those of Wagtail's that are one's own business."""
        return [panel for panel in super().get_panels() if not isinstance(panel, _CLOSED)]
