//! Home, search of employers, cards of companies and posts.
