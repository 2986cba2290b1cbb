"""Whose words a quotation is, and whom I and we mean."""
