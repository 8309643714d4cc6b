package customers

import (
	"fmt"
	"strings"
)

// text is a YAML file that is being written.
type text struct{ strings.Builder }

// line writes a line.
func (t *text) line(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

// quoted is a text of one line as YAML that needs no thought.
func quoted(s string) string { return `"` + escapes.Replace(s) + `"` }

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func list(of []string) string { return "[" + strings.Join(of, ", ") + "]" }

func quotedList(of []string) string {
	all := make([]string, len(of))
	for i, s := range of {
		all[i] = quoted(s)
	}
	return list(all)
}

// agreement is the text of the agreement file.
func (f *firm) agreement() string {
	var t text
	f.head(&t)
	f.parties(&t)
	f.assets(&t)
	f.matrix(&t)
	f.maturity(&t)
	f.commitments(&t)
	f.budget(&t)
	f.decisions(&t)
	f.rest(&t)
	return t.String()
}

func (f *firm) head(t *text) {
	packages, form := "../../packages/essential.yaml", "short"
	if f.assured {
		packages += ", ../../packages/assured.yaml"
	}
	if f.security {
		packages = "../../packages/security.yaml"
	}
	if f.full {
		form = "full"
	}
	t.line("# %s: its agreement. Every name in it is invented.", f.legalName)
	t.line("schema: concordat/v1")
	t.line("use: [../../provider.yaml, %s, ../../presets/%s.yaml]", packages, f.trade.preset)
	if len(f.without) == 0 {
		t.line("clauses: {preset: %s}", form)
	} else {
		t.line("clauses:\n  preset: %s\n  exclude:", form)
		for _, id := range f.without {
			t.line("    - {id: %s, reason: %s}", id, [...]string{"the Master Services Agreement has rules on it", "the Parties have settled it by letter", "the firm wants a short document"}[f.writes])
		}
	}
	t.line("\nquantities:")
	t.line("  - {id: PEOPLE, name: people, count: %d}", f.people)
	t.line("  - {id: COMPUTERS, name: computers, count: %d}", f.computers)
	t.line("\nchange:")
	if f.detection() == 14 {
		t.line("  - {at: budget.lines.BL-MDR, reason: price from 10 computers on, set: {charges: [{price: PR-MDR-10, quantity_of: COMPUTERS, every: month, from: %s, to: %s}]}}", f.effective, f.end)
	}
	type duty struct {
		control, person, more string
	}
	duties := []duty{{"2.A", f.deputy.id, ", commitment: C-RISK"}, {"3.C", f.deputy.id, ""}, {"3.H", f.executive.id, ""}, {"3.K", f.deputy.id, ""}, {"3.N", f.deputy.id, ""}, {"3.O", f.manager.id, ", commitment: C-BACKUP"}}
	if f.security {
		duties = append(duties, duty{"1.C", f.executive.id, ", commitment: C-DRILL"}, duty{"3.D", f.manager.id, ""}, duty{"3.J", f.manager.id, ", commitment: C-TRAIN"},
			duty{"5.A", f.manager.id, ", commitment: C-DRILL"}, duty{"6.A", f.executive.id, ", commitment: C-DRILL"})
	}
	for _, x := range duties {
		by := "P-SAM"
		if x.control == "5.A" {
			by = "P-LEE"
		}
		t.line("  - {at: responsibilities.%s, reason: who answers for it at this firm, set: {accountable: %s, responsible: [%s, %s]%s}}", x.control, x.person, x.person, by, x.more)
	}
	for _, x := range [...][2]string{{"3.F", "C-MFA"}, {"4.A", "C-MDR"}, {"4.B", "C-MDR"}} {
		t.line("  - {at: responsibilities.%s, reason: a Commitment of this firm, set: {commitment: %s}}", x[0], x[1])
	}
	t.line("\nagreement:")
	t.line("  id: %s", f.id)
	t.line("  title: Cyber Constitution")
	t.line("  version: \"1.0.0\"")
	t.line("  language: en-US")
	t.line("  paper: letter")
	t.line("  timezone: %s", f.place.zone)
	t.line("  business_hours: {days: [mon, tue, wed, thu, fri], from: %q, to: %q}", f.trade.hoursFrom, f.trade.hoursTo)
	t.line("  purpose: %s", quoted(f.trade.purpose))
	t.line("\nterm:")
	t.line("  effective: %s", f.effective.First())
	t.line("  end: %s", f.end.Last())
	t.line("  renewal: {kind: by_review, notice_days: 90}")
	if f.trade.law == "hipaa" {
		t.line("\nrelated_documents:\n  - {id: DOC-BAA, kind: baa, title: Business Associate Agreement, date: %s, ref: with the Master Services Agreement}", f.msa)
	}
	t.line("\nmsa: {title: Master Services Agreement, date: %s, liability_ref: section %d}", f.msa, 7+f.writes)
}

func (f *firm) parties(t *text) {
	address := f.street + "\n" + f.place.town + ", " + f.place.code + " 00000"
	t.line("\nparties:")
	t.line("  customer:")
	t.line("    legal_name: %s", quoted(f.legalName))
	t.line("    short_name: %s", quoted(f.shortName))
	t.line("    form: %s", f.form)
	t.line("    address: %s", quoted(address))
	t.line("    employees: %d", f.people)
	t.line("    sector: %s", f.trade.sector)
	t.line("    sensitive_data: %s", f.trade.data)
	t.line("    security_executive: %s", f.executive.id)
	t.line("    capability_verification: {date: %s, by: %s, result: %s}", october(f.decided-3), f.executive.id, [...]string{"accepted", "accepted_with_gaps", "accepted"}[f.writes])
	t.line("  third_parties:")
	t.line("    - {id: T-VENDOR, name: %s, role: %s, owner: customer, contract_ref: subscription terms}", quoted(f.vendor), f.trade.vendorRole)
	t.line("\npeople:")
	people := []person{f.executive, f.deputy}
	if f.manager != f.deputy {
		people = append(people, f.manager)
	}
	for k, p := range people {
		deputy := f.executive.id
		if k == 0 {
			deputy = f.deputy.id
		}
		t.line("  - {id: %s, name: %s, title: %s, party: customer, email: %s, phone: %q, deputy: %s}", p.id, quoted(p.name), p.title, p.mail, p.phone, deputy)
	}
	t.line("\ncontacts:")
	t.line("  - {role: primary, person: %s, hours: business}", f.manager.id)
	if f.manager == f.deputy {
		t.line("  - {role: deputy, person: %s, hours: business}", f.executive.id)
	} else {
		t.line("  - {role: deputy, person: %s, hours: business}", f.deputy.id)
	}
	t.line("  - {role: after_hours, person: %s, hours: 24x7}", f.executive.id)
	t.line("  - {role: escalation_1, person: %s, hours: business}", f.executive.id)
	t.line("  - {role: billing, person: %s, hours: business}", f.manager.id)
	t.line("  - {role: privacy, person: %s, hours: business}", f.deputy.id)
	t.line("\nsignatories:")
	t.line("  - {person: P-PAT, authority: President under the company agreement, security_responsible: true}")
	t.line("  - {person: %s, authority: %s of the firm}", f.executive.id, f.executive.title)
	t.line("\ngovernance:")
	t.line("  decision_makers: [%s, %s]", f.executive.id, f.deputy.id)
	t.line("  reserved_decisions: [risk_acceptance, policy, sanctions, spending, public_statement]")
	t.line("\nnotices:")
	t.line("  - {party: customer, attention: %s, address: %s, email: notices@%s}", f.executive.id, quoted(address), f.domain)
}

func (f *firm) assets(t *text) {
	t.line("\ncritical_assets:")
	t.line("  - {id: A-SYSTEM, name: %s, kind: service, owner: %s, in_scope: true, priority: 1, rto_hours: 24, rpo_hours: 24,", f.trade.system, f.executive.id)
	t.line("     third_party: T-VENDOR, classification: %s, contingency: %s}", f.trade.data, quoted(f.trade.contingency))
	t.line("  - {id: A-FILES, name: %s, kind: data, owner: %s, in_scope: true, priority: 1, rto_hours: 48, rpo_hours: 24,", quoted("Mail, and files on the server "+f.server), f.deputy.id)
	t.line("     classification: [pii], contingency: %s}", quoted("Use the phone and the printed contact list, and write down what has to be entered later."))
	t.line("  - {id: A-DEVICES, name: %s, kind: device, owner: %s, in_scope: true, priority: 2, rto_hours: 48, rpo_hours: 24, contingency: Share the others in shifts.}",
		quoted(fmt.Sprintf("%s computers, named %s and a number", beginning(inWords(f.computers)), f.devices)), f.deputy.id)
	if f.writes > 0 {
		t.line("  - {id: A-OUT, name: %s, kind: device, owner: %s, in_scope: false, priority: 5, exclusion_reason: %s}", f.trade.out, f.deputy.id, quoted(f.trade.outReason))
	}
	t.line("\nbackups:")
	for _, x := range [...]struct {
		id, asset string
		months    int
	}{{"BK-FILES", "A-FILES", 6}, {"BK-SYSTEM", "A-SYSTEM", 12}, {"BK-DEVICES", "A-DEVICES", 12}} {
		t.line("  - {id: %s, asset: %s, every_hours: 24, offsite: true, isolated: immutable, encrypted: true, key_holder: shared, restore_test_months: %d}", x.id, x.asset, x.months)
	}
}

// matrix writes the rows that no package brings.
func (f *firm) matrix(t *text) {
	executive, deputy, manager := f.executive.id, f.deputy.id, f.manager.id
	month := [...]string{"May", "June", "October"}[f.writes]
	own := func(control, accountable, responsible, more, task string) {
		t.line("  - {control: %s, owner: customer, accountable: %s, responsible: [%s]%s, task: %s}", control, accountable, responsible, more, quoted(task))
	}
	t.line("\nresponsibilities:")
	own("1.A", executive, executive, ", commitment: C-PLAN", "Name in writing one person who answers for security and one deputy, and confirm both each "+month+".")
	own("1.B", executive, executive, ", commitment: C-PLAN", "Read the written security plan each "+month+", and decide and record what has to change.")
	if !f.security {
		own("1.C", executive, manager, ", consulted: [P-SAM], commitment: C-DRILL", "Keep a written incident plan with roles and first steps, and improve it after each yearly drill.")
	}
	t.line("  - {control: 1.D, owner: shared, accountable: %s, responsible: [%s, P-PAT],", executive, executive)
	t.line("     task: \"Make sure that suppliers report incidents and weaknesses that concern the Customer.\",")
	t.line("     split: [{party: provider, duty: \"Bind each subcontractor in writing to report incidents and weaknesses to the Provider within 24 hours.\"},")
	t.line("            {party: customer, duty: %s}]}", quoted("Ask "+f.vendor+" each "+month+" how it reports incidents, and keep the answer."))
	own("1.E", executive, deputy, ", consulted: [P-PAT], commitment: C-RISK", "Review each "+month+" what the Provider does, which access it holds and which subcontractors it uses.")
	if !f.accepts("2.D") {
		own("2.D", executive, manager, "", "Name on the website an address for reports of weaknesses, and answer each report within 10 Business Days.")
	}
	for _, x := range f.accepted {
		t.line("  - {control: %s, owner: unassigned, risk_acceptance: %s, task: %s, reason: %s}", x.control, x.id, quoted(x.task), quoted(x.since))
	}
	if !f.security {
		own("3.D", deputy, manager, "", "Tell the help desk no later than a person’s last working day, and confirm on that day that all access is closed.")
		commitment := ""
		if f.promised("C-TRAIN") {
			commitment = ", commitment: C-TRAIN"
		}
		own("3.J", deputy, manager, commitment, "Train each person within 14 days of the first day of work and then each year, and record who took part.")
	}
	own("3.P", deputy, manager, ", consulted: [P-SAM]", "Approve each new device and program before use, and review the list of approved ones each quarter.")
	own("3.R", deputy, manager, "", "Allow no private device or storage stick on computers or the office network, and walk through the office each quarter.")
	if !f.security {
		own("5.A", executive, manager, ", commitment: C-DRILL", "Keep a printed list of whom to call in an incident, and check every number each "+month+".")
	}
	own("5.B", executive, executive, ", consulted: [P-PAT]", "Report incidents to authorities, insurer and those concerned in time, and check the list of reporting duties each "+month+".")
	if !f.security {
		own("6.A", executive, deputy, ", consulted: [P-SAM], commitment: C-DRILL", "Decide in an incident what is restored first, and practice the recovery with the Provider each year.")
	}
}

func (f *firm) promised(id string) bool {
	for _, p := range f.promises {
		if p.id == id {
			return true
		}
	}
	return false
}

func (f *firm) maturity(t *text) {
	t.line("\nmaturity:")
	t.line("  framework: cisa-cpg-2.0")
	t.line("  scale: implementation-1-4")
	t.line("  low_threshold: 2.0")
	t.line("  assessment: {date: 2026-09-%02d, assessor: %s, method: self, evidence_ref: self-assessment worksheet}", 14+f.decided, quoted(f.executive.name))
	t.line("  scores:")
	for k, function := range [...]string{"Govern", "Identify", "Protect", "Detect", "Respond", "Recover"} {
		s := f.scores[k]
		var targets []string
		for y, level := range s.targets {
			targets = append(targets, fmt.Sprintf("{by: %d-12-31, level: %d}", f.effective.Year()+y, level))
		}
		t.line("    - {item: %s, current: %d.%d, targets: %s}", function, s.current/10, s.current%10, list(targets))
	}
}

func (f *firm) commitments(t *text) {
	t.line("\ncommitments:")
	for _, p := range f.promises {
		t.line("  - {id: %s, title: %s, owner: %s, person: %s, controls: %s,", p.id, quoted(p.title), p.owner, p.person, list(p.controls))
		lines := ""
		if len(p.lines) > 0 {
			lines = ", budget_lines: " + list(p.lines)
		}
		t.line("     start: %s, due: %s, priority: %d, customer_hours: %d, cost: %d%s,", p.start, p.due, p.priority, p.hours, p.cost, lines)
		if p.interim != "" {
			t.line("     interim_control: {text: %s, until: %s},", quoted(p.interim), p.due)
		}
		t.line("     acceptance_criteria: %s}", quotedList(p.criteria))
	}
}

func (f *firm) budget(t *text) {
	t.line("\nbudget:")
	var years []string
	for y := f.effective.Year(); y <= f.end.Year(); y++ {
		years = append(years, fmt.Sprint(y))
	}
	t.line("  years: %s", list(years))
	t.line("  rationale: %s", quoted([...]string{
		"A week without its systems would cost the Customer more than this Budget does in a year.",
		"The Customer has reserved this money so that no promise waits for an approval.",
		"The Customer weighed this Budget against the damage of one week without its data.",
	}[f.writes]))
	t.line("  contingency: {percent: %d, round_to: 1}", 5+5*(f.index%2))
	t.line("  lines:")
	for _, x := range f.lines {
		t.line("    - {id: %s, name: %s, category: %s, payer: customer, basis: %s, charges: %s}", x.id, quoted(x.name), x.category, x.basis, list(x.charges))
	}
	t.line("  approval_thresholds:")
	t.line("    - {up_to: %d, approvers: [%s], channel: email}", f.smallSpend, f.deputy.id)
	t.line("    - {approvers: [%s], channel: signed}", f.executive.id)
	t.line("  variance_percent: 10")
	t.line("  approved: {by: %s, date: %s}", f.executive.id, october(f.decided))
}

func (f *firm) decisions(t *text) {
	t.line("\nrisk_acceptances:")
	for _, x := range f.accepted {
		t.line("  - {id: %s, title: %s,", x.id, quoted(x.title))
		t.line("     risk: %s, control: %s, likelihood: %d, impact: %d,", quoted(x.risk), x.control, x.likelihood, x.impact)
		t.line("     reason: %s,", quoted(x.reason))
		t.line("     compensating: %s, accepted_by: %s, date: %s, expires: 2027-10-%02d}", quoted(x.instead), f.executive.id, october(f.decided), f.decided)
	}
	if f.declines {
		t.line("\ndeclined_recommendations:")
		t.line("  - {id: D-NIGHT, recommendation: Phone support day and night, presented: %s, decision: declined, decided_by: %s, date: %s,", october(f.decided-2), f.executive.id, october(f.decided))
		t.line("     consequence: \"A fault of one computer at night or on a weekend waits until the next Business Day.\", consequence_explained: true, reason: The office is closed at these times.}")
	}
}

func (f *firm) rest(t *text) {
	executive, deputy, manager := f.executive.id, f.deputy.id, f.manager.id
	const each = "named: true, review_months: 3, disable_after_idle_days: 30"
	t.line("\naccess:")
	t.line("  - {id: AC-DESK, role: service desk technicians, systems: [A-FILES, A-DEVICES], rights: operate, admin_group: false, mfa: app, approved_by: %s, %s}", executive, each)
	t.line("  - {id: AC-ADMIN, role: two administrators, systems: [A-FILES, A-DEVICES], rights: admin, admin_group: false, mfa: phishing_resistant, just_in_time: true, max_hours: 8, approved_by: %s, %s}", executive, each)
	t.line("  - {id: AC-SOC, subcontractor: SUB-SOC, role: analysts on duty, systems: [A-DEVICES], rights: operate, admin_group: false, mfa: app, approved_by: %s, %s}", executive, each)
	t.line("\nincident: {command: {business_lead: %s, technical_lead: P-LEE}}", executive)
	t.line("external_communications: {spokesperson: %s, approval: %s}", executive, executive)
	if !f.security {
		t.line("training: {initial_days: 14, every_months: 12, run_by: customer, attendance_by: customer}")
	}
	t.line("\nescalations:")
	t.line("  - {id: ESC-LATE, name: An answer or a Commitment that is late, steps: [{after_days: 5, provider: P-SAM, customer: %s, respond_days: 2}, {after_days: 15, provider: P-PAT, customer: %s, respond_days: 5}]}", manager, executive)
	t.line("\ninsurance:")
	t.line("  - {id: INS-FIRM, party: customer, kind: cyber, limit: %d, certificate_ref: policy of June 2026, expires: 2027-06-14, renewal: renewed each June from budget line B-INS}", 250000*(1+f.index%4))
	t.line("\nreviews:")
	t.line("  - {id: REV-QTR, kind: quarterly, every_months: 3, first: 2027-04-19, owner: P-SAM, attendees: [%s]}", manager)
	t.line("  - {id: REV-ACC, kind: access, every_months: 3, first: 2027-04-26, owner: %s, attendees: [P-SAM]}", manager)
	t.line("  - {id: REV-SEC, kind: security_analysis, every_months: 12, first: 2027-05-%s, owner: %s, attendees: [%s, P-SAM]}", [...]string{"10", "17", "24"}[f.writes], executive, deputy)
	t.line("  - {id: REV-RISK, kind: risk_register, every_months: 6, first: 2027-06-%s, owner: %s, attendees: [%s]}", [...]string{"07", "14", "21"}[f.writes], executive, deputy)
	t.line("  - {id: REV-MAT, kind: maturity, every_months: 12, first: 2027-11-08, owner: %s, attendees: [P-SAM]}", executive)
	if f.people >= 8 {
		t.line("  - {id: REV-BUD, kind: budget, every_months: 12, first: 2027-11-10, owner: %s, attendees: [%s, P-PAT]}", executive, deputy)
	}
	const asOf = "2026-10-01"
	switch f.trade.law {
	case "glba":
		t.line("\nregulatory:\n  glba: {stated_by: %s, as_of: %s, consumers_count: %d, exempt: true, qualified_individual: %s, wisp_commitment: C-PLAN}", executive, asOf, 300+110*f.people, executive)
	case "hipaa":
		t.line("\nregulatory:\n  hipaa: {stated_by: %s, as_of: %s, role: covered_entity, baa: DOC-BAA, phi_systems: [A-SYSTEM], breach_notice_days: 10, risk_analysis_commitment: C-RISK}", executive, asOf)
	case "pci":
		t.line("\nregulatory:\n  pci: {stated_by: %s, as_of: %s, role: merchant, validation: self-assessment questionnaire for validated point-to-point encryption, matrix: [", executive, asOf)
		t.line("      {requirement: \"3\", owner: not_applicable, note: no card numbers are kept}, {requirement: \"12.8\", owner: customer, note: list of service providers}]}")
	case "":
	default:
		panic("law " + f.trade.law)
	}
}

// record is the text of its record file.
func (f *firm) record() string {
	var t text
	t.line("# %s: what happened to its agreement.", f.legalName)
	t.line("schema: concordat/record/v1")
	t.line("agreement: %s", f.id)
	t.line("\nsent:")
	t.line("  - {version: 1.0.0, date: %s, to: %s, how: %s}", october(f.decided+3), f.executive.id, [...]string{"email", "portal", "post"}[f.writes])
	if f.signed {
		t.line("\nsigned:")
		t.line("  - {version: 1.0.0, person: P-PAT, date: %s, how: electronic}", october(f.decided+5))
		t.line("  - {version: 1.0.0, person: %s, date: %s, how: %s}", f.executive.id, october(f.decided+8), [...]string{"ink", "electronic", "ink"}[f.writes])
	}
	return t.String()
}
