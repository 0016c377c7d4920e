"""The ground every other room stands on: errors, paths, dates, regions, the catalogue, the tables."""
