//! `/site-map`: every page one may begin from, the second way to find them beside the menu (RGAA 12.1).

use askama::Template;

use crate::error::{PageResult, ok};
use crate::layout::Layout;
use crate::paths::SiteMapPath;

/// The page.
#[derive(Template)]
#[template(path = "pages/site_map.html")]
pub struct SiteMapPage {
    layout: Layout,
}

/// Shows what whoever reads may open: their menu, the searches, the pages about the service.
pub async fn get(_: SiteMapPath, layout: Layout) -> PageResult {
    ok(&SiteMapPage { layout })
}
