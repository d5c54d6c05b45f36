"""Reads content/ and questions/ into typed models; errors name file and line."""
