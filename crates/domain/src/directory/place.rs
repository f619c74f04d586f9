//! Positions on Earth, and the box that holds a circle: what lets an index find the neighbourhood of a commune.

use super::Distance;

/// Mean radius of the Earth in kilometres: the one of the SQL function `distance_km`.
const EARTH_RADIUS_KM: f64 = 6371.0088;
/// Room for rounding, in degrees: about ten metres. The exact distance decides, never the box.
const MARGIN: f64 = 0.0001;

/// A point, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// North is positive.
    pub latitude: f64,
    /// East is positive.
    pub longitude: f64,
}

/// The smallest and largest coordinates within a distance of a point.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The southernmost latitude.
    pub south: f64,
    /// The northernmost latitude.
    pub north: f64,
    /// The westernmost longitude.
    pub west: f64,
    /// The easternmost longitude.
    pub east: f64,
}

impl Bounds {
    /// The box around the circle of radius `distance` around `centre`. Its sides touch the circle where meridians
    /// and parallels do, hence the arc sine.
    pub fn around(centre: Position, distance: Distance) -> Self {
        let angle = f64::from(distance.km()) / EARTH_RADIUS_KM;
        let height = angle.to_degrees() + MARGIN;
        let ratio = angle.sin() / centre.latitude.to_radians().cos();
        let width = if ratio.abs() < 1.0 { ratio.asin().to_degrees() + MARGIN } else { 180.0 };
        Self {
            south: centre.latitude - height,
            north: centre.latitude + height,
            west: centre.longitude - width,
            east: centre.longitude + width,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same formula as the SQL function `distance_km`.
    fn distance_km(a: Position, b: Position) -> f64 {
        let half_chord = ((b.latitude - a.latitude).to_radians() / 2.0).sin().powi(2)
            + a.latitude.to_radians().cos()
                * b.latitude.to_radians().cos()
                * ((b.longitude - a.longitude).to_radians() / 2.0).sin().powi(2);
        2.0 * EARTH_RADIUS_KM * half_chord.sqrt().min(1.0).asin()
    }

    proptest! {
        #[test]
        fn whatever_is_within_the_distance_is_within_the_box(
            latitude in -22.0..52.0_f64,
            longitude in -63.0..56.0_f64,
            north in -1.0..1.0_f64,
            east in -1.5..1.5_f64,
            distance in prop::sample::select(Distance::ALL),
        ) {
            let centre = Position { latitude, longitude };
            let point = Position { latitude: latitude + north, longitude: longitude + east };
            let bounds = Bounds::around(centre, distance);
            let inside = (bounds.south..=bounds.north).contains(&point.latitude)
                && (bounds.west..=bounds.east).contains(&point.longitude);
            prop_assert!(inside || distance_km(centre, point) > f64::from(distance.km()));
        }
    }
}
