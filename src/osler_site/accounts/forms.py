"""Forms of the account pages."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm


class PasswordLinkForm(ResetPasswordForm):
    """Mails a link to choose a password by.

    An account that signs in by single sign-on alone gets none: a password of its own would
    outlive its account with the hospital.
    """

    def clean_email(self) -> str:
        """Find whose address it is."""
        email: str = super().clean_email()
        self.users = [
            user
            for user in self.users
            if user.has_usable_password() or not user.socialaccount_set.exists()
        ]
        return email
