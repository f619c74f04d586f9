//! The results on a map drawn by the server: communes as dots, the largest named, results numbered like the list.

use iae_app::directory::queries::MapCommune;
use iae_domain::directory::{Distance, Position};

/// Communes drawn, at most.
pub const MOST_COMMUNES: i64 = 200;
/// Communes named, at most.
const MOST_NAMES: usize = 5;
/// Half the side of the drawing.
const RADIUS: f64 = 100.0;
/// Names closer than this, in height, would cover one another.
const NAME_HEIGHT: f64 = 11.0;

/// A drawing of the neighbourhood, its centre at (0, 0).
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// Every commune as a path of points: `M3 4h0M…`.
    pub dots: String,
    /// The largest communes.
    pub names: Vec<Label>,
    /// The results.
    pub markers: Vec<Label>,
}

/// A text at a place of the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// From the centre to the right.
    pub x: i32,
    /// From the centre down.
    pub y: i32,
    /// The text.
    pub text: String,
}

impl Map {
    /// Draws `communes`, the largest first, and `results` in the order of the list.
    pub fn new(
        centre: Position,
        distance: Distance,
        communes: &[MapCommune],
        results: impl Iterator<Item = Position>,
    ) -> Self {
        let place = |position: Position, text: String| {
            let (east, north) = position.kilometres_from(centre);
            let scale = RADIUS / f64::from(distance.km());
            Label { x: rounded(east * scale), y: rounded(-north * scale), text }
        };
        let communes = communes.iter().map(|commune| {
            let position = Position { latitude: commune.latitude, longitude: commune.longitude };
            place(position, commune.name.clone())
        });
        let communes: Vec<Label> = communes.filter(is_inside).collect();
        let dots = communes.iter().fold(String::new(), |dots, dot| dots + &format!("M{} {}h0", dot.x, dot.y));
        let markers = results.enumerate().map(|(index, at)| place(at, (index + 1).to_string())).collect();
        Self { dots, names: readable(communes), markers }
    }
}

fn is_inside(label: &Label) -> bool {
    label.x.pow(2) + label.y.pow(2) <= 100 * 100
}

/// The largest communes whose names do not cover one another.
fn readable(communes: Vec<Label>) -> Vec<Label> {
    let mut names: Vec<Label> = Vec::new();
    for commune in communes {
        let covers = |name: &Label| f64::from((name.y - commune.y).abs()) < NAME_HEIGHT;
        if names.len() < MOST_NAMES && commune.x.abs() < 70 && !names.iter().any(covers) {
            names.push(commune);
        }
    }
    names
}

/// A place within the drawing, or out of it for good: distances are at most a few times the radius.
#[expect(clippy::cast_possible_truncation, reason = "clamped just before")]
fn rounded(length: f64) -> i32 {
    length.clamp(-1000.0, 1000.0).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn north_is_up_east_is_right_and_the_list_gives_the_numbers() {
        let metz = Position { latitude: 49.1196, longitude: 6.1763 };
        let commune =
            |name: &str, latitude, longitude| MapCommune { name: name.to_owned(), latitude, longitude };
        let communes = [commune("Metz", 49.1196, 6.1763), commune("Nancy", 48.6921, 6.1844)];
        let distance = Distance::parse("50").unwrap();
        let saint_avold = Position { latitude: 49.104, longitude: 6.708 };
        let map = Map::new(metz, distance, &communes, [metz, saint_avold].into_iter());
        assert_eq!(map.dots, "M0 0h0M1 95h0");
        assert_eq!(map.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(), ["Metz", "Nancy"]);
        assert_eq!(map.markers[0], Label { x: 0, y: 0, text: "1".to_owned() });
        assert!(map.markers[1].x > 70 && map.markers[1].y.abs() < 5, "{:?}", map.markers[1]);
        let near = Map::new(metz, Distance::parse("10").unwrap(), &communes, std::iter::empty());
        assert_eq!(near.dots, "M0 0h0", "what is outside the circle is not drawn");
    }
}
