# Prints the forms that let the browser refuse what is typed: a field of an address, a day or a number under a <form> that does not
# say novalidate.
FNR == 1 { open = 0 }
/<form[ >]/ { open = /novalidate/ ? 0 : FNR }
open && (/field::(email|locked_email|date|number)\(/ || /type="(email|url|number|date)"/) { print FILENAME ":" open; open = 0 }
/<\/form>/ { open = 0 }
