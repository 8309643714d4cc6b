package draft

// onlyCustomer is the task of a control that only a customer can do: it is about
// its own rules, people, rooms and words. It is empty for all others, which
// somebody must be found for.
func onlyCustomer(framework, control string) string {
	switch framework {
	case "cisa-cpg-2.0":
		return customerGoals(control)
	case "cmmc-2-l2":
		return customerRequirements(control)
	default:
		return ""
	}
}

// customerGoals are goals of CISA CPG 2.0.
func customerGoals(control string) string {
	switch control {
	case "1.A":
		return "Name in writing one person who answers for security and one deputy, and confirm both once a year."
	case "1.B":
		return "Read the security rules of the business once a year, and decide and record what has to change."
	case "1.C":
		return "Keep a written incident plan with roles and first steps, and read it with all who have a part once a year."
	case "1.D":
		return "Ask each supplier that matters once a year how it reports incidents and weaknesses, and keep the answer."
	case "1.E":
		return "Review once a year what the Provider does, which access it holds and which subcontractors it uses."
	case "3.D":
		return "Tell the help desk no later than a person’s last working day, and confirm on that day that all access is closed."
	case "3.P":
		return "Approve each new device and program before use, and review the list of approved ones once a year."
	case "5.A":
		return "Keep a printed list of whom to call in an incident, and check every number once a year."
	case "5.B":
		return "Report incidents to those who must be told in time, and check the list of reporting duties once a year."
	case "6.A":
		return "Decide in an incident what is restored first, and check the order of the Critical Assets once a year."
	default:
		return ""
	}
}

// customerRequirements are requirements of CMMC level 2.
func customerRequirements(control string) string {
	switch control {
	case "AC.L2-3.1.22":
		return "Read each text and picture before it appears in public, and search the website for CUI each quarter."
	case "MP.L2-3.8.1":
		return "Keep paper and storage with CUI locked away, and check cabinets and desks each week."
	case "MP.L2-3.8.2":
		return "Give paper and storage with CUI only to people on a list, and confirm the list each quarter."
	case "PS.L2-3.9.1":
		return "Check each person before access to CUI, and keep the result."
	case "PS.L2-3.9.2":
		return "Collect badge, keys and devices and have all access closed on the last working day of each person who leaves or moves."
	case "PE.L2-3.10.1":
		return "Let only approved people into rooms with systems or CUI, and confirm the list of them each quarter."
	case "PE.L2-3.10.2":
		return "Watch the building and its doors, and test how each quarter."
	case "PE.L2-3.10.3":
		return "Accompany each visitor the whole time, and remind all people of it each quarter."
	case "PE.L2-3.10.4":
		return "Record each entry of visitors, and review the records each month."
	case "PE.L2-3.10.5":
		return "Number all keys, badges and codes, and count them each quarter."
	case "PE.L2-3.10.6":
		return "Allow CUI at home only by signed rules for the place of work, and confirm each permission once a year."
	default:
		return ""
	}
}
