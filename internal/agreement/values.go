package agreement

// ValidID reports whether a text can be the id of an agreement, which names its
// files: 1 to 64 small letters, digits and hyphens, no hyphen first, and no name
// of a device.
func ValidID(text string) bool { return validate().Var(text, "agreementid") == nil }

// ValidEmail reports whether a text can be the e-mail address of a person.
func ValidEmail(text string) bool { return validate().Var(text, "email") == nil }

// ValidTimeZone reports whether a text names a time zone of the IANA database.
func ValidTimeZone(text string) bool { return validate().Var(text, "timezone") == nil }
