"""The lab: a page on which a policy is put together and its consequences are seen (needs the extra ``lab``)."""
