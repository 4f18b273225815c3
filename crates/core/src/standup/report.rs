//! The report as a document, and its pages.
