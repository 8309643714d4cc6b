package customers

// trade is a kind of firm, with the words in which its agreement differs.
type trade struct {
	key    string // in ids
	preset string // the preset file
	sector string
	nouns  []string // what stands behind the invented word in a legal name
	forms  []form
	data   string // sensitive data, as YAML

	executive, deputy string // titles

	system       string // the application that the trade depends on
	vendorRole   string // of its vendor
	contingency  string // how work goes on without it
	records      string // what the firm keeps, completing "three ... are restored"
	purpose      string // completes "The parties make this Agreement so that ..."
	hoursFrom    string
	hoursTo      string
	law          string // glba, hipaa, pci or none
	out          string // an asset that is not covered
	outReason    string
	early, later string // months of the year in which work is due: of mid and late commitments, as "05-31"
}

// form is the legal form of a firm.
type form struct{ suffix, words string }

var (
	company     = form{"LLC", "limited liability company"}
	corporation = form{"Inc.", "corporation"}
	partners    = form{"LLP", "limited liability partnership"}
	practice    = form{"PLLC", "professional limited liability company"}
)

var trades = [...]trade{
	{key: "accounting", preset: "accounting", sector: "accounting", nouns: []string{"& Nobody CPAs", "Accounting", "Tax & Books"}, forms: []form{partners, practice}, data: "[tax, pii]",
		executive: "Managing Partner", deputy: "Partner", system: "Tax application", vendorRole: "tax software as a cloud service",
		contingency: "Work from the printed client list and file extensions by paper or through the authority’s own website.",
		records:     "client files", purpose: "the tax records of the Customer’s clients stay private, and its people can keep working through every tax season",
		hoursFrom: "08:00", hoursTo: "17:00", law: "glba", out: "Paper archive of closed client files",
		outReason: "The files stand in a locked room of the Customer, and the Provider has no access to it.", early: "05-31", later: "07-31"},
	{key: "dental", preset: "dental", sector: "healthcare", nouns: []string{"Dental", "Family Dentistry", "Dental Studio"}, forms: []form{practice, company}, data: "[phi, pii]",
		executive: "Owner", deputy: "Practice Manager", system: "Patient records", vendorRole: "patient records as a cloud service",
		contingency: "Treat from the printed day list and on paper charts, and enter the visits within two Business Days of return.",
		records:     "patient images", purpose: "patients can be treated every day, and their records stay private",
		hoursFrom: "07:30", hoursTo: "17:00", law: "hipaa", out: "Private phones of the staff",
		outReason: "They belong to the staff, and no patient data may be read or kept on them.", early: "05-31", later: "07-31"},
	{key: "manufacturing", preset: "manufacturer", sector: "manufacturing", nouns: []string{"Machine Works", "Plastics", "Precision Parts", "Woodworks"}, forms: []form{corporation, company}, data: "[pii]",
		executive: "President", deputy: "Plant Manager", system: "Orders and planning", vendorRole: "order planning as a cloud service",
		contingency: "Produce from the printed plan of the week, and write deliveries down on paper.",
		records:     "drawings", purpose: "machines keep running, orders leave on time, and the drawings of its customers stay with those who need them",
		hoursFrom: "06:00", hoursTo: "16:00", out: "Controllers of the machines",
		outReason: "The makers of the machines care for them, and they have a network of their own.", early: "05-31", later: "08-31"},
	{key: "law", preset: "law", sector: "legal", nouns: []string{"Law Office", "Legal", "& Nobody Attorneys"}, forms: []form{practice, partners}, data: "[privileged, pii]",
		executive: "Managing Attorney", deputy: "Office Manager", system: "Case files", vendorRole: "case management as a cloud service",
		contingency: "Work from the printed calendar of deadlines, and file on paper or at the counter of the court.",
		records:     "case files", purpose: "what clients confide stays confidential, and no deadline of a court is missed",
		hoursFrom: "08:30", hoursTo: "17:30", out: "Library of printed books", outReason: "It holds no data of the Customer or of its clients.", early: "06-30", later: "08-31"},
	{key: "retail", preset: "retail", sector: "retail", nouns: []string{"Hardware", "Books & Paper", "Garden Supply", "Outfitters"}, forms: []form{company, corporation}, data: "[pci, pii]",
		executive: "Owner", deputy: "Store Manager", system: "Point of sale", vendorRole: "cash registers and stock as a cloud service",
		contingency: "Write sales down on paper, and take cash and checks.",
		records:     "stock lists", purpose: "the shop can sell every day, and the cards of its customers are safe",
		hoursFrom: "09:00", hoursTo: "18:00", law: "pci", out: "Music system of the shop", outReason: "It has an internet connection of its own, and holds no data.", early: "05-31", later: "08-31"},
	{key: "architects", preset: "office", sector: "architecture", nouns: []string{"Architects", "Design Studio"}, forms: []form{practice, company}, data: "[pii]",
		executive: "Principal", deputy: "Studio Manager", system: "Drawing and project files", vendorRole: "drawing software as a cloud service",
		contingency: "Work on printed plans, and note changes by hand.",
		records:     "project files", purpose: "plans are never lost, and each project stays on its schedule",
		hoursFrom: "08:00", hoursTo: "17:30", out: "Plotter on loan", outReason: "It belongs to its maker, which cares for it.", early: "06-30", later: "07-31"},
	{key: "property", preset: "office", sector: "real estate", nouns: []string{"Property Management", "Realty"}, forms: []form{company, corporation}, data: "[pii]",
		executive: "Managing Member", deputy: "Operations Manager", system: "Rent and maintenance system", vendorRole: "rent accounting as a cloud service",
		contingency: "Take rent by check, and write repairs down in the paper log of each building.",
		records:     "leases", purpose: "rent and repairs go on every day, and what tenants tell the Customer stays private",
		hoursFrom: "08:00", hoursTo: "17:00", out: "Door controls of the buildings", outReason: "The owners of the buildings care for them.", early: "05-31", later: "08-31"},
	{key: "logistics", preset: "office", sector: "logistics", nouns: []string{"Freight", "Moving & Storage", "Courier"}, forms: []form{corporation, company}, data: "[pii]",
		executive: "President", deputy: "Dispatcher", system: "Dispatch system", vendorRole: "dispatch as a cloud service",
		contingency: "Dispatch by phone from the printed plan of the day.",
		records:     "delivery records", purpose: "trucks leave on time every day, and the addresses of its customers stay private",
		hoursFrom: "06:30", hoursTo: "16:30", out: "Trackers in the trucks", outReason: "The maker of the trucks runs them.", early: "06-30", later: "08-31"},
}
