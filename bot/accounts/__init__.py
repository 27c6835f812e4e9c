"""Accounts of the people behind the assistant: passwords, sessions, limits on guessing.

An account is one of the names that `Message.user` can be, "account:an.nguyen", so that roles, the
queue, drafts and the audit list know its owner the way they know somebody on a messenger.
"""
