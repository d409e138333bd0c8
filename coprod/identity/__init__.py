"""Who people are: accounts, the sectors they speak for, groups, and signing in."""

from coprod.identity.credentials import (
    SignIn,
    ask_reset,
    register,
    reset,
    sign_in,
    sign_ins,
    sign_out,
    sign_out_everywhere,
    signed_in,
    start,
)
from coprod.identity.organisations import Organisation
from coprod.identity.people import (
    NameShown,
    Person,
    PersonSector,
    add,
    by_email,
    choose_sectors,
    get,
    key_of,
    mailbox,
    sectors_of,
    speaking,
)

__all__ = [
    "NameShown",
    "Organisation",
    "Person",
    "PersonSector",
    "SignIn",
    "add",
    "ask_reset",
    "by_email",
    "choose_sectors",
    "get",
    "key_of",
    "mailbox",
    "register",
    "reset",
    "sectors_of",
    "sign_in",
    "sign_ins",
    "sign_out",
    "sign_out_everywhere",
    "signed_in",
    "speaking",
    "start",
]
