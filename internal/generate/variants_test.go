package generate_test

import (
	"fmt"
	"strings"
	"testing"

	"concordat/internal/generate"
	"concordat/internal/source"
)

// variant is an agreement that states what few agreements do: the example with
// some texts changed.
type variant struct {
	name     string
	edits    [][2]string
	sections []string // headings, or words of a line
}

func variants(t *testing.T) []variant {
	t.Helper()
	const (
		term    = "  renewal: {kind: by_review, notice_days: 90}\n"
		msa     = "liability_ref: section 9}\n"
		whole   = "msa: {title: Master Services Agreement, date: 2025-03-10, liability_ref: section 9}\n"
		alone   = "standalone: {reason: the Customer is new, fees: \"the order form of December 1, 2026\", payment_days: 30}\n"
		paper   = "  paper: letter\n"
		checked = "result: accepted_with_gaps}\n"
		provide = "security_responsible: true}\n"
		sign    = "authority: Managing Partner under the partnership agreement}\n"
		notice  = "    email: notices@nobody-cpas.example\n"
		limits  = "limits: [isolate, disable_account, block_traffic, undo_setting], report_hours: 24, max_cost: 0}\n"
		told    = "  customer: {hours: 48}\n"
		notices = "\nnotices:\n"
	)
	return []variant{
		{"it ends", [][2]string{{term, "  renewal: {kind: none}\n"}}, []string{"Term, ending and amendment", "- It ends on"}},
		{"it is reviewed, for a year", [][2]string{{term, "  renewal: {kind: by_review, months: 12, notice_days: 90}\n"}}, []string{"Term, ending and amendment"}},
		{"it renews itself", [][2]string{{term, "  renewal: {kind: auto, months: 12, notice_days: 90}\n"}},
			[]string{"Term, ending and amendment", "Version 1.0.0, from", "- It renews itself", "This Section covers a notice"}},
		{"another order of documents", [][2]string{{msa, "liability_ref: section 9, precedence: [regulatory_agreements, msa_liability, msa_other, this_agreement]}\n"}}, []string{"Relation to the MSA"}},
		{"no MSA, no steps in a dispute, and nothing on leaving", [][2]string{{whole, alone + "governing_law: {jurisdiction: the State of Texas, forum: the courts of Anytown}\n"}},
			[]string{"Version 1.0.0, from", "- It answers for its own", "- It does the work in its own rows", "- It ends on", "No Master Service Agreement", "**Order**", "**Purchased Service**", "Each Party carries its own risk", "Critical Assets", "Spending authority",
				"Access agreed in advance", "Orders, fees and payment", "Schedule E is the Budget", "Work that is not included", "Leaving, and removal of access", "Limits of liability", "Settling disputes", "Term, ending and amendment", "The Customer has purchased these services"}},
		{"no MSA, but steps, service levels and a price of leaving", [][2]string{{whole, alone + "governing_law: {jurisdiction: the State of Texas, forum: the courts of Anytown, dispute_steps: [{step: contacts, days: 10}, {step: executives, days: 10}]}\n" +
			"slas: [{id: SLA-REST, name: Begin of a restore, target: {at_most: 4, unit: business_hours}, hours: business, remedy: The Provider explains the cause.}]\n" +
			"transition: {out: {assist_days: 60, hourly_rate: 180, deletion_days: 30, deletion_proof: true, access_removal_hours: 24}}\n"}},
			[]string{"Critical Assets", "Service levels", "Leaving, and removal of access", "Settling disputes", "Law and forum"}},
		{"no MSA, in the short form", [][2]string{{whole, alone + "governing_law: {jurisdiction: the State of Texas, forum: the courts of Anytown}\nclauses: {preset: short}\n"}}, []string{"Settling disputes"}},
		{"public", [][2]string{{paper, paper + "  confidentiality: public\n"}}, []string{"Who may see this document"}},
		{"confidential", [][2]string{{paper, paper + "  confidentiality: confidential\n"}}, []string{"Who may see this document"}},
		{"notices to the customer by post", [][2]string{{notice, notice + "    deemed: {post_days: 3, email: confirmed}\n"}}, []string{"Notices"}},
		{"by hand and before a witness, and electronically", [][2]string{
			{provide, "security_responsible: true, method: esign}\n"},
			{sign, "authority: Managing Partner under the partnership agreement, method: wet, witnessed: true}\n"},
		}, []string{"Signing", "Signatures"}},
		{"the statement was not accepted", [][2]string{{checked, "result: refused}\n"}}, []string{"Capability Statement"}},
		{"the statement was not reviewed yet", [][2]string{{checked, "result: pending}\n"}}, []string{"Capability Statement"}},
		{"an emergency within limits", [][2]string{{limits, "limits: [isolate, disable_account], call_hours: 2, report_hours: 8, max_cost: 200}\n"}}, []string{"Emergency action", "Emergencies", "- It explains risks"}},
		{"news of changes, to one contact", [][2]string{
			{told, "  customer: {hours: 48, contact: after_hours}\n"},
			{notices, "\ncustomer_notice: {joiner_hours: 24, leaver_hours: 4, system_days: 5}\n" + notices},
		}, []string{"Accurate information and notice of changes", "The Customer shall tell the Provider about an Incident"}},
		{"a ladder for what is late", [][2]string{{notices, "\nescalations: [{id: ESC-LATE, name: What is late, steps: [{after_days: 5, provider: P-PAT, customer: P-FAY, respond_days: 5}]}]\n" + notices}},
			[]string{"Who settles a delay, and what follows from it"}},
		{"a test by others", [][2]string{{"reviews:\n", "reviews:\n  - {id: REV-TEST, kind: independent_test, every_months: 12, first: 2027-09-06, owner: P-FAY, attendees: [P-SAM]}\n"}}, []string{"Independent testing"}},
		{"measures for a missed target", [][2]string{{"  low_threshold: 2.0\n", "  low_threshold: 2.0\n  remedies: [new_plan, higher_fee]\n"}}, []string{"When a Target is missed"}},
		{"the budget is not yet approved", [][2]string{{"  approved: {by: P-FAY, date: 2026-12-14}\n", ""}}, []string{"Approval, higher cost and shortfall"}},
		{"advice not taken", [][2]string{{notices, "\ndeclined_recommendations: [{id: D-1, recommendation: Central logs, presented: 2026-11-23, decision: declined, decided_by: P-FAY, date: 2026-12-14, consequence: Nobody sees what happened., consequence_explained: true, reason: It costs too much.}]\n" + notices}},
			[]string{"Recommendations that the Customer does not take"}},
		{"taking over, and nothing on leaving", [][2]string{{notices, "\ntransition: {in: {until: 2027-03-31}}\n" + notices}}, []string{"Taking over", "Leaving, and removal of access"}},
		{"taking over with faults, and leaving", [][2]string{{notices, "\ntransition: {in: {until: 2027-03-31, inherited_faults: They are put right one by one.}, out: {assist_days: 60, deletion_days: 30, deletion_proof: true, access_removal_hours: 24}}\n" + notices}},
			[]string{"Taking over", "Leaving, and removal of access"}},
		{"insurance with stated controls", [][2]string{{notices, "\ninsurance: [{id: INS-FIRM, party: customer, kind: cyber, limit: 500000, expires: 2029-12-31, attested_controls: [3.O], attested_by: P-FAY}]\n" + notices}}, []string{"Insurance and truthful applications"}},
		{"logs, one of them watched by a third party", [][2]string{{notices, "\nlogging:\n  - {id: LOG-A, source: sign-ins, retention_days: 365, customer_visible: true, validated_by: customer, offsite: true}\n  - {id: LOG-B, source: doors, retention_days: 365, customer_visible: false, validated_by: third_party, offsite: false}\n" + notices}},
			[]string{"Logs", "What the Provider does in the Customer Systems"}},
		{"work on incidents", [][2]string{{notices, "\nincident:\n  plan_ref: the blue binder\n  severities: [{id: SEV1, definition: Work stands still., response_minutes: 30, hours: 24x7}]\n  exercise_months: 12\n  after_action_days: 14\n  evidence_days: 365\n  out_of_scope_hourly_rate: 180\n  command: {business_lead: P-FAY, technical_lead: P-SAM}\nexternal_communications: {spokesperson: P-FAY, approval: P-GUS}\n" + notices}},
			[]string{"Work on an Incident", "How the Customer tells the Provider, and who tells others", "Looking back at an Incident"}},
		{"a plan for failures", [][2]string{{notices, "\ncontinuity: {plan_ref: the red binder, suppliers: [Example Power Co.], manual_patch_procedure: By hand., exercise_months: 12}\n" + notices}},
			[]string{"When systems, tools or suppliers fail"}},
		{"times to close weaknesses, and a way for outsiders", [][2]string{{notices, "\nremediation:\n  - {severity: kev, days: 3, clock: release, acceptance: A scan shows the fix.}\n  - {severity: critical, days: 14, clock: release}\n  - {severity: high, days: 30, clock: detection}\nvulnerability_disclosure: {contact: security@nobody-cpas.example, security_txt: true, ack_days: 5}\n" + notices}},
			[]string{"Telling each other about weaknesses", "How fast weaknesses are closed"}},
		{"people checked, trained and checked again", [][2]string{{notices, "\nvetting: {checks: [identity, references], before_access: true, recheck_months: 36, training_yearly: true}\n" + notices}},
			[]string{"Vetting and secrecy of staff"}},
		{"people checked once, and later", [][2]string{{notices, "\nvetting: {checks: [identity], before_access: false, training_yearly: false}\n" + notices}},
			[]string{"Vetting and secrecy of staff"}},
		{"a subcontractor, and notice of the next", [][2]string{{notices, "\nsubcontractors: [{id: SUB-SOC, name: \"Pretend SOC Partners, Inc.\", service: monitoring, data_access: true, locations: [United States], flow_down: true}]\nsubcontract_notice_days: 45\n" + notices}},
			[]string{"Use of Subcontractors"}},
		{"a new owner, a break-in, and a way out", [][2]string{{notices, "\nownership_change: {notice_days: 30, events: [control_change, breach_of_own_systems], customer_right: terminate_without_fee}\n" + notices}},
			[]string{"New owners, new leaders and financial health", "If something changes at the Provider"}},
		{"a new owner, and a meeting", [][2]string{{notices, "\nownership_change: {notice_days: 30, events: [control_change, security_lead_change], customer_right: review_meeting}\n" + notices}},
			[]string{"New owners, new leaders and financial health", "If something changes at the Provider"}},
		{"times for planned work, service levels and measures", [][2]string{{notices, "\nmaintenance_windows: [{id: MW-WEEK, days: [wed], from: \"19:00\", to: \"22:00\", frequency: weekly, notice_days: 5, emergency_notice_hours: 2}]\n" +
			"slas: [{id: SLA-REST, name: Begin of a restore, target: {at_most: 4, unit: business_hours}, hours: business, exclusions: [restores of a whole computer]}]\n" +
			"kpis: [{id: KPI-PATCH, name: Updated computers, target: {at_least: 95, unit: percent}, source: the tool, frequency: monthly, owner: P-SAM}]\n" + notices}},
			[]string{"Critical Assets", "Planned work and interruptions", "Service levels", "Measures and reports"}},
		{"how changes are made", [][2]string{{notices, "\nchange_management: {staging: required, user_notice_hours: 24, rollback_required_for: [normal, major], post_review: [major]}\n" + notices}}, []string{"How a Change is made"}},
		{"no times for planned work, and nothing on people and owners", nil,
			[]string{"Vetting and secrecy of staff", "Use of Subcontractors", "New owners, new leaders and financial health", "Planned work and interruptions", "How a Change is made", "Training and acceptable use"}},
		{"training and tests", [][2]string{{notices, "\ntraining: {initial_days: 14, every_months: 12, phishing_months: 3, run_by: provider, attendance_by: customer}\n" + notices}}, []string{"Training and acceptable use"}},
		{"training by others", [][2]string{{notices, "\ntraining: {initial_days: 14, every_months: 12, run_by: third_party, attendance_by: provider}\n" + notices}}, []string{"Training and acceptable use"}},
		{"silence is escalated, with reminders", [][2]string{
			{"  non_response: treated_as_refused\n", "  non_response: escalated\n  remind_days: [2, 4]\n  escalation: ESC-LATE\n"},
			{notices, "\nescalations: [{id: ESC-LATE, name: What is late, steps: [{after_days: 5, provider: P-PAT, customer: P-FAY, respond_days: 5}]}]\n" + notices},
		}, []string{"Delay or refusal"}},
		{"access as it should be", [][2]string{{notices, "\naccess: [{id: AC-DESK, role: technicians, systems: [A-FILES], rights: admin, admin_group: false, named: true, mfa: app, approved_by: P-FAY, review_months: 3}]\n" +
			"credentials: {reuse_prohibited: true, vault: provider, break_glass_holder: customer}\n" +
			"segmentation: {statement: Each has a vault., tenants: separate, admin_domains_separate: true}\n" + notices}},
			[]string{"Access agreed in advance", "Personal accounts and proof of identity", "Administrators, tools, review and removal", "Separation of customers"}},
		{"weak access, by accepted risk, and a connection", [][2]string{
			{"  customer:\n    legal_name:", "    tools: [{id: TL-RMM, name: Manager, kind: rmm, mfa: false, admin_exposure: vpn}]\n  customer:\n    legal_name:"},
			{notices, "\naccess: [{id: AC-DESK, role: technicians, systems: [A-FILES], rights: admin, admin_group: true, named: false, mfa: none, approved_by: P-FAY, review_months: 3, risk_acceptance: C-RA3}]\n" +
				"connections: [{id: CN-VPN, from: the Provider, to: the firewall, method: vpn, dedicated: true, monitored_by: provider, verify_months: 6}]\n" +
				"segmentation: {statement: Each has a vault., tenants: shared_logical, admin_domains_separate: false}\n" + notices},
		}, []string{"Access agreed in advance", "Personal accounts and proof of identity", "Connections", "Administrators, tools, review and removal", "Separation of customers"}},
		{"many laws, and steps to settle a dispute", [][2]string{
			{"\nmsa:", "\nrelated_documents: [{id: DOC-BAA, kind: baa, title: Business Associate Agreement, date: 2026-01-05}, {id: DOC-DPA, kind: dpa, title: Data Processing Agreement, date: 2026-01-05}]\nmsa:"},
			{notices, "\n  hipaa: {stated_by: P-FAY, as_of: 2026-12-14, role: covered_entity, baa: DOC-BAA, phi_systems: [A-FILES], breach_notice_days: 10, risk_analysis_date: 2026-10-05}\n" +
				"  cmmc: {stated_by: P-FAY, as_of: 2026-12-14, level: 1, assessment: self, cui: false, spd: true, ssp_ref: the plan in the vault, affirming_official: P-GUS}\n" +
				"  pci: {stated_by: P-FAY, as_of: 2026-12-14, role: service_provider, validation: questionnaire, matrix: [{requirement: '9', owner: customer}]}\n" +
				"  nis2: {stated_by: P-FAY, as_of: 2026-12-14, status: in_force, customer_class: important, provider_in_scope: true, early_warning_hours: 72, report_hours: 96, final_report_days: 30}\n" +
				"  public_body: {stated_by: P-FAY, as_of: 2026-12-14, state: Louisiana, law: \"R.S. 51:2111 to 2116\", incorporated: true, incident_hours: 24}\n" +
				"  privacy: {stated_by: P-FAY, as_of: 2026-12-14, laws: [GDPR], provider_role: processor, dpa: DOC-DPA, breach_notice_hours: 48}\n" +
				"\ngoverning_law: {jurisdiction: the State of Texas, forum: the courts of Anytown, dispute_steps: [{step: contacts, days: 10}, {step: executives, days: 10}, {step: mediation, days: 30}]}\n" + notices},
		}, []string{"Who does what under the law", "HIPAA", "CMMC", "Payment cards", "Network and information security laws of Europe", "FTC Safeguards Rule", "Personal data", "Settling disputes"}},
		{"a law not yet in force, a town, and data of its own", [][2]string{{notices, "\n  uk_nis: {stated_by: P-GUS, as_of: 2026-12-15, status: pending, relevant_msp: false, regulator: the Information Commission, initial_hours: 24, full_hours: 72}\n" +
			"  public_body: {stated_by: P-FAY, as_of: 2026-12-14, state: Louisiana, law: \"R.S. 51:2111 to 2116\", incorporated: false}\n" +
			"  privacy: {stated_by: P-FAY, as_of: 2026-12-14, laws: [GDPR], provider_role: controller}\n" +
			"\ngoverning_law: {jurisdiction: the State of Texas}\n" + notices}},
			[]string{"Who does what under the law", "Network and information security laws of Europe", "Personal data", "Settling disputes"}},
		{"no personal data", [][2]string{{notices, "\n  privacy: {stated_by: P-FAY, as_of: 2026-12-14, laws: [GDPR], provider_role: none}\n" + notices}}, []string{"Personal data"}},
		{"no law stated", [][2]string{{"regulatory:\n  glba: {stated_by: P-FAY, as_of: 2026-12-14, consumers_count: 1900, exempt: true, qualified_individual: P-FAY, wisp_commitment: C-C01}\n", ""}},
			[]string{"Who does what under the law", "Settling disputes"}},
		{"the strict wording", pathEdits(t, "strict"), []string{
			"Security within the Provider", "Decisions, access and cooperation", "Personal accounts and proof of identity", "Administrators, tools, review and removal",
			"Logs", "Backups, Isolated Copies and Restore Tests", "How the Provider tells the Customer", "How the Customer tells the Provider, and who tells others", "Looking back at an Incident",
			"How fast weaknesses are closed", "Vetting and secrecy of staff", "Use of Subcontractors", "Who settles a delay, and what follows from it", "Training and acceptable use",
			"Security Analysis and other Reviews", "Risk Acceptances", "Wording of the clauses",
		}},
		{"the strict wording, where Schedules say little", pathEdits(t, "strict-few-schedules"), []string{
			"Personal accounts and proof of identity", "Administrators, tools, review and removal", "Looking back at an Incident", "How fast weaknesses are closed", "Vetting and secrecy of staff",
			"Who settles a delay, and what follows from it",
		}},
		{"the strict wording in a short document", append(pathEdits(t, "strict"), [2]string{"clauses: {wording: strict}", "clauses: {preset: short, wording: strict}"}),
			[]string{"Security within the Provider", "Use of Subcontractors", "**Wording of the clauses"}},
		{"a clause left out", [][2]string{{notices, "\nclauses: {exclude: [{id: pur-03, reason: the MSA says the same}]}\n" + notices}}, []string{"Clauses left out by agreement"}},
	}
}

// TestVariants compares what a document says where an agreement states what few
// agreements do, with a file that was read in review.
func TestVariants(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and without goroutines")
	}
	g := newGenerator(t)
	base := string(read(t, single).Text())
	var got strings.Builder
	for _, v := range variants(t) {
		text := base
		for _, e := range v.edits {
			if n := strings.Count(text, e[0]); n != 1 {
				t.Fatalf("%s: %q stands %d times in the example", v.name, e[0], n)
			}
			text = strings.Replace(text, e[0], e[1], 1)
		}
		check, list := g.Check(source.New(single, []byte(text)))
		if check == nil || list.HasErrors() {
			t.Fatalf("%s:\n%s", v.name, printed(list))
		}
		outputs, err := g.Write(check, []generate.Format{generate.Markdown, generate.PDF})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&got, "==== %s ====\n\n", v.name)
		for _, section := range v.sections {
			found := part(string(outputs[0].Data), section)
			if found == "" {
				t.Errorf("%s: the document has no %q", v.name, section)
			}
			got.WriteString(found + "\n\n")
		}
	}
	golden(t, "testdata/variants.txt", got.String())
}

// part is the part of a Markdown text below the heading that ends with words, or
// else the line that begins with them.
func part(text, words string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "#") && strings.HasSuffix(line, " "+words) {
			end := i + 1
			for end < len(lines) && !strings.HasPrefix(lines[end], "#") {
				end++
			}
			return strings.TrimSpace(strings.Join(lines[i:end], "\n"))
		}
		if strings.HasPrefix(line, words) {
			return line
		}
	}
	return ""
}
