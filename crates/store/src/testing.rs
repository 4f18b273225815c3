//! A private PostgreSQL server for tests, started from the installed binaries and gone at the end.
