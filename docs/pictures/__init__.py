"""The pictures of README.md and of the manual: pages on paper, and the analyst's desk."""
