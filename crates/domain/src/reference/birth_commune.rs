//! In which commune of France someone was born: the one of that day, under its code and its name of that day (CON-5).

use chrono::NaiveDate;

/// A commune under one of its names: a line of its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommuneName {
    /// INSEE code.
    pub insee_code: String,
    /// Name.
    pub name: String,
    /// Code of its département, at that time.
    pub department_code: String,
    /// First day of this name and code; none when they are older than the history, which begins in 1943.
    pub begins_on: Option<NaiveDate>,
    /// Day it was no longer so; none today.
    pub ends_on: Option<NaiveDate>,
    /// Whether it is what was typed.
    pub is_typed: bool,
}

impl CommuneName {
    /// Whether the commune had this name and this code that day.
    pub fn is_of(&self, day: NaiveDate) -> bool {
        self.begins_on.is_none_or(|begins| begins <= day) && self.ends_on.is_none_or(|ends| day < ends)
    }

    /// « Lomme (59) ».
    pub fn label(&self) -> String {
        format!("{} ({})", self.name, self.department_code)
    }
}

/// What else says which commune is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BirthClues<'a> {
    /// The date of birth.
    pub born: Option<NaiveDate>,
    /// Whether a name was typed at all.
    pub is_blank: bool,
    /// The code that was chosen among several.
    pub chosen: &'a str,
    /// The code that the NIR says (NIR-9).
    pub in_nir: Option<&'a str>,
}

/// Why a name is not a commune of birth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BirthCommuneRefused {
    /// None is, or was, called so.
    Unknown,
    /// It did not exist yet, or no more (CON-5).
    UnknownAtDate,
    /// Several were called so: to be chosen among, never in the person's place.
    Several(Vec<CommuneName>),
}

/// The commune of birth, under its name of that day. `names` are all the lines of each commune that was ever called
/// as typed, and of the one the NIR says. The choice counts most, then the NIR, which speaks only when the name leaves
/// a doubt or was not typed (NIR-9).
pub fn birth_commune(
    names: &[CommuneName],
    clues: BirthClues<'_>,
) -> Result<CommuneName, BirthCommuneRefused> {
    let on_that_day = |code: &str| {
        names.iter().find(|name| name.insee_code == code && clues.born.is_none_or(|born| name.is_of(born)))
    };
    if clues.is_blank {
        let said = clues.in_nir.and_then(on_that_day);
        return said.cloned().ok_or(BirthCommuneRefused::Unknown);
    }
    let mut typed: Vec<&str> = Vec::new();
    for name in names.iter().filter(|name| name.is_typed) {
        if !typed.contains(&name.insee_code.as_str()) {
            typed.push(&name.insee_code);
        }
    }
    if typed.is_empty() {
        return Err(BirthCommuneRefused::Unknown);
    }
    let fitting: Vec<CommuneName> = typed.into_iter().filter_map(on_that_day).cloned().collect();
    let of = |code: &str| fitting.iter().find(|name| name.insee_code == code);
    let said = of(clues.chosen).or_else(|| clues.in_nir.and_then(of));
    match (said, fitting.as_slice()) {
        (Some(name), _) | (None, [name]) => Ok(name.clone()),
        (None, []) => Err(BirthCommuneRefused::UnknownAtDate),
        (None, _) => Err(BirthCommuneRefused::Several(fitting)),
    }
}

#[cfg(test)]
mod tests;
