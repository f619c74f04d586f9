//! Page `/dev/components`: every component in every state, the page to look at (and to run axe on) after a change of
//! style.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use chrono::{DateTime, NaiveDate, Utc};

use crate::paths::ComponentGalleryPath;
use crate::{
    choice::Choice,
    filters,
    layout::{Flash, FlashLevel, HeaderUser, Layout, NavItem, OrganisationChoice},
};

#[derive(Template)]
#[template(path = "dev/components.html")]
struct ComponentGallery {
    layout: Layout,
    today: NaiveDate,
    received: NaiveDate,
    late: NaiveDate,
    instant: DateTime<Utc>,
    errors: Vec<(&'static str, &'static str)>,
    distances: Vec<Choice>,
    kinds: Vec<Choice>,
    shared: Vec<Choice>,
}

/// Shows the gallery.
pub async fn get(_: ComponentGalleryPath) -> Response {
    match ComponentGallery::sample().render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl ComponentGallery {
    fn sample() -> Self {
        Self {
            layout: layout(),
            today: day(2026, 3, 15),
            received: day(2026, 3, 3),
            late: day(2026, 2, 9),
            instant: day(2026, 3, 3).and_hms_opt(13, 5, 0).unwrap_or_default().and_utc(),
            errors: vec![
                ("nir_in_error", "Le numéro de sécurité sociale comporte 15 chiffres ; il en manque 2."),
                ("start_in_error", "Le contrat ne peut pas commencer avant le 1er avril 2026."),
            ],
            distances: vec![
                Choice::new("5", "5 km"),
                Choice::new("15", "15 km").selected_if(true),
                Choice::new("50", "50 km"),
            ],
            kinds: vec![
                Choice::new("open", "Contrat à durée indéterminée")
                    .with_hint("CDI d’inclusion, à partir de 57 ans"),
                Choice::new("fixed", "Contrat à durée déterminée d’insertion")
                    .with_hint("CDDI, 4 mois au moins")
                    .selected_if(true),
                Choice::new("mission", "Mission d’intérim"),
            ],
            shared: vec![
                Choice::new("housing", "Logement").selected_if(true),
                Choice::new("mobility", "Mobilité").with_hint("Permis, véhicule, transports"),
                Choice::new("health", "Santé").with_hint("Jamais partagé sans l’accord écrit de la personne"),
            ],
        }
    }
}

fn layout() -> Layout {
    let organisation = |key: &str, name: &str, kind_label: &str, current| OrganisationChoice {
        key: key.to_owned(),
        name: name.to_owned(),
        kind_label: kind_label.to_owned(),
        current,
    };
    let item = |label: &str, current, count| NavItem {
        label: label.to_owned(),
        href: ComponentGalleryPath.to_string(),
        current,
        count,
    };
    Layout {
        user: Some(HeaderUser {
            name: "Nadia Roux".to_owned(),
            role_label: "Prescriptrice habilitée".to_owned(),
            organisation: Some("Mission locale de Strasbourg".to_owned()),
            is_staff: true,
        }),
        organisations: vec![
            organisation("1", "Mission locale de Strasbourg", "Prescripteur habilité", true),
            organisation("2", "Les Jardins d’Aurore", "Atelier et chantier d’insertion", false),
        ],
        nav: vec![
            item("À faire", true, Some(4)),
            item("Candidatures", false, None),
            item("Candidats", false, None),
            item("Trouver une structure", false, None),
        ],
        flash: Some(Flash {
            level: FlashLevel::Success,
            title: "La candidature d’Amel Benali est envoyée aux Jardins d’Aurore".to_owned(),
            message: "La structure répond en général sous 9 jours. Amel Benali en est prévenue par courriel."
                .to_owned(),
        }),
        demo: true,
        ..Layout::anonymous(ComponentGalleryPath.to_string())
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::{collections::HashSet, fs, path::Path};

    use scraper::{Html, Selector};

    use super::*;

    fn page() -> Html {
        Html::parse_document(&ComponentGallery::sample().render().unwrap())
    }

    fn all(page: &Html, selector: &str) -> Vec<String> {
        page.select(&Selector::parse(selector).unwrap()).map(|element| element.html()).collect()
    }

    fn attributes(page: &Html, selector: &str, name: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector).filter_map(|element| element.attr(name)).map(str::to_owned).collect()
    }

    #[test]
    fn ids_are_unique_and_whatever_points_at_one_finds_it() {
        let page = page();
        let ids = attributes(&page, "[id]", "id");
        let known: HashSet<_> = ids.iter().map(String::as_str).collect();
        assert_eq!(ids.len(), known.len(), "an id is used twice");
        for name in ["for", "aria-describedby", "aria-labelledby"] {
            for id in attributes(&page, &format!("[{name}]"), name).iter().flat_map(|value| value.split(' '))
            {
                assert!(known.contains(id), "{name} points at {id}, which is nowhere");
            }
        }
    }

    #[test]
    fn every_field_has_its_label() {
        let page = page();
        let labelled: HashSet<_> = attributes(&page, "label", "for").into_iter().collect();
        let fields = "input:not([type=hidden]), select, textarea, progress";
        let ids = attributes(&page, fields, "id");
        assert_eq!(ids.len(), all(&page, fields).len(), "a field has no id");
        for id in ids {
            assert!(labelled.contains(&id), "no label for {id}");
        }
    }

    #[test]
    fn the_strict_policy_holds_no_inline_style_nor_script() {
        let page = page();
        assert_eq!(
            all(&page, "[style], style, script:not([src]), [onclick], [onchange]"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn the_page_has_one_title_of_the_first_rank() {
        assert_eq!(all(&page(), "h1").len(), 1);
    }

    #[test]
    fn an_error_is_announced_with_its_field() {
        let page = page();
        let described = attributes(&page, "#nir_in_error", "aria-describedby");
        assert_eq!(described, ["nir_in_error-error"]);
        let error = all(&page, "#nir_in_error-error");
        assert!(error[0].contains("il en manque 2"));
    }

    #[test]
    fn every_icon_shown_exists() {
        let sprite = include_str!("../../../../static/img/icons.svg");
        let icons = attributes(&page(), "use", "href");
        assert!(!icons.is_empty());
        for href in icons {
            let name = href.split('#').nth(1).unwrap();
            assert!(sprite.contains(&format!("<symbol id=\"{name}\"")), "no icon named {name}");
        }
    }

    #[test]
    fn pages_leave_the_markup_of_the_design_system_to_macros_and_layouts() {
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../templates");
        let macros = ["templates/components", "templates/layouts"];
        let mut folders = vec![templates];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() && !macros.iter().any(|folder| path.ends_with(folder)) {
                    folders.push(path);
                } else if path.is_file() && !path.ends_with("connect/layout.html") {
                    let text = fs::read_to_string(&path).unwrap();
                    let raw = text.contains("\"fr-") || text.contains(" fr-");
                    assert!(!raw, "{} holds a DSFR class: call a macro instead", path.display());
                }
            }
        }
    }
}
