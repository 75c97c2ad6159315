"""Making and changing accounts from the command line of the server."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from osler.domain.errors import UsageError
from osler_site.accounts.addresses import vouch_for
from osler_site.accounts.models import BoardMember, User
from osler_site.accounts.roles import Role

ROLES = {role.name.lower(): role for role in Role}


@dataclass(frozen=True, slots=True)
class Board:
    """What readers are told of a member of the board."""

    profession: str
    registration_number: str
    specialty: str = ""


def create(
    name: str, password: str, roles: list[str], *, email: str, full_name: str, board: Board | None
) -> User:
    """Make an account. Raises UsageError: a name that is taken, a weak password, a gap."""
    if Role.REVIEWER.name.lower() in roles and board is None:
        raise UsageError(
            "a reviewer is named to readers: their profession and registration are needed",
            help='Add: --profession Physician --registration "GMC 0000000"',
        )
    first, _, last = full_name.strip().rpartition(" ")
    user = User(username=name, email=email, first_name=first, last_name=last)
    try:
        user.clean_fields(exclude={"password"})
        if board is not None:
            BoardMember(**asdict(board)).clean_fields(exclude={"user"})
        validate_password(password, user)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    if User.objects.filter(username__iexact=name).exists():
        raise UsageError(
            f"there is an account {name} already", help=f"Change it with: osler account set {name}"
        )
    if email and User.objects.filter(email__iexact=email).exists():
        raise UsageError(f"another account has the address {email}")
    user.set_password(password)
    with transaction.atomic():
        user.save()
        vouch_for(user)
        user.groups.set(_groups(roles))
        if board is not None:
            _put_on_board(user, board)
    return user


def change(
    name: str, *, add: list[str], drop: list[str], password: str | None, active: bool | None
) -> User:
    """Give and take roles, set a password, close or open an account. Raises UsageError."""
    user = find(name)
    with transaction.atomic():
        if password is not None:
            try:
                validate_password(password, user)
            except ValidationError as error:
                raise UsageError(" ".join(error.messages)) from error
            user.set_password(password)
        if active is not None:
            user.is_active = active
        user.save()
        if Role.REVIEWER.name.lower() in add and not hasattr(user, "board_member"):
            raise UsageError(
                f"{name} is not on the board: readers would not know who reviewed",
                help="An administrator adds a board member in the site, or make another account.",
            )
        user.groups.add(*_groups(add))
        user.groups.remove(*_groups(drop))
    return user


def find(name: str) -> User:
    """The account of this name. Raises UsageError."""
    try:
        return User.objects.get(username=name)
    except User.DoesNotExist as error:
        raise UsageError(f"there is no account {name}", help="See: osler account list") from error


def roles_of(user: User) -> list[str]:
    """The roles of an account by their names on the command line."""
    held = {group.name for group in user.groups.all()}
    return [name for name, role in ROLES.items() if role.value in held]


def _groups(roles: list[str]) -> list[Group]:
    return list(Group.objects.filter(name__in=[ROLES[role].value for role in roles]))


def _put_on_board(user: User, board: Board) -> None:
    BoardMember.objects.create(user=user, **asdict(board))
