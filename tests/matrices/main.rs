//! What holds for every route, every action and every person at once.
