//! Level of education, in the codes of the employee record.

use crate::code::code;

code! {
    /// Level of education of a person (rule book 02 §12.1), from none to the highest.
    EducationLevel {
        NeverSchooled = "01", "Jamais scolarisé";
        NoneBeyondCompulsory = "70", "Pas de formation au-delà de la scolarité obligatoire";
        NotCertified = "00", "Personne avec qualifications non certifiantes";
        ShortTraining = "60", "Formation courte d’une durée d’un an";
        BepOrCapLevel = "50", "Formation de niveau BEP ou CAP";
        CapOrBepDiploma = "51", "Diplôme obtenu CAP ou BEP";
        TechnicianOrVocationalBac = "41", "Brevet de technicien ou baccalauréat professionnel";
        Baccalaureate = "40", "Formation de niveau BAC";
        BtsOrDut = "30", "Formation de niveau BTS ou DUT";
        Bachelor = "20", "Formation de niveau licence";
        Postgraduate = "10", "Troisième cycle ou école d’ingénieur";
    }
}
