"""What whoever publishes a site owes its readers: an identity, a contact, a policy, servers set up for it."""
