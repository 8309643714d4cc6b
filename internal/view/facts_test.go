package view

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// edit is a change of the example's text.
type edit func(t *testing.T, text string) string

// with replaces text that stands there exactly once.
func with(old, new string) edit {
	return func(t *testing.T, text string) string {
		t.Helper()
		if n := strings.Count(text, old); n != 1 {
			t.Fatalf("%q stands %d times in the example", old, n)
		}
		return strings.Replace(text, old, new, 1)
	}
}

// withEach replaces a text wherever it stands.
func withEach(old, new string) edit {
	return func(t *testing.T, text string) string {
		t.Helper()
		if !strings.Contains(text, old) {
			t.Fatalf("%q does not stand in the example", old)
		}
		return strings.ReplaceAll(text, old, new)
	}
}

// without deletes a key at the start of a line, with all that is in it.
func without(key string) edit {
	return remove(`(?m)^` + key + `:.*\n(^ .*\n|^\n)*`)
}

// withoutRow deletes the row of a list that begins so.
func withoutRow(start string) edit {
	return remove(`(?m)^ *- \{` + regexp.QuoteMeta(start) + `.*\n(^     .*\n)*`)
}

// remove deletes the one match of a regular expression.
func remove(expr string) edit {
	return func(t *testing.T, text string) string {
		t.Helper()
		matches := regexp.MustCompile(expr).FindAllStringIndex(text, -1)
		if len(matches) != 1 {
			t.Fatalf("%s matches %d times in the example", expr, len(matches))
		}
		return text[:matches[0][0]] + text[matches[0][1]:]
	}
}

// withoutBudget takes the money out of the example.
func withoutBudget(t *testing.T, text string) string {
	text = without("budget")(t, text)
	text = regexp.MustCompile(`, budget_lines: \[.*?\]`).ReplaceAllString(text, "")
	return regexp.MustCompile(`cost: \d+`).ReplaceAllString(text, "cost: 0")
}

// alone makes an agreement of parties that have no MSA.
var alone = with("msa: {title: Master Services Agreement, date: 2025-03-10, liability_ref: section 9}",
	"standalone: {reason: the Customer is new, fees: the order form of December 2026, payment_days: 30}\ngoverning_law: {jurisdiction: the State of Texas, forum: the courts of Anytown}")

var factCases = []struct {
	name  string
	edits []edit
	want  string // the facts that differ from those of the example
}{
	{"one employee more", []edit{with("employees: 5", "employees: 6")}, `
Customer.Employees: 5 -> 6`},
	{"public", []edit{with("  paper: letter\n", "  paper: letter\n  confidentiality: public\n")}, `
Agreement.Public: false -> true`},
	{"short form", []edit{with("\nnotices:", "\nclauses: {preset: short}\nnotices:")}, `
Agreement.Short: false -> true`},
	{"no MSA", []edit{alone}, `
MSA.Present: true -> false
Disputes.Law: false -> true
Disputes.Forum: false -> true`},
	{"strict wording", []edit{
		with("\nnotices:", "\nclauses: {wording: strict}\nnotices:"), withEach("restore_test_months: 6", "restore_test_months: 3"),
		with("restore_test_months: 12", "restore_test_months: 3"), withEach("hours: 48", "hours: 24"),
	}, `
Agreement.Strict: false -> true`},
	{"confidential", []edit{with("  paper: letter\n", "  paper: letter\n  confidentiality: confidential\n")}, `
Agreement.Confidential: false -> true`},
	{"restricted", []edit{with("  paper: letter\n", "  paper: letter\n  confidentiality: restricted\n")}, ``},
	{"no tax data", []edit{with("[tax, pii]", "[pii]")}, `
Customer.TaxData: true -> false`},
	{"no sensitive data", []edit{with("[tax, pii]", "[]")}, `
Customer.SensitiveData: true -> false
Customer.TaxData: true -> false`},
	{"delegation", []edit{with("security_executive: P-FAY", "security_executive: P-GUS\n    security_delegation: letter of delegation of December 14, 2026")}, `
Customer.Delegated: false -> true`},
	{"some capability", []edit{with("tier: minimal", "tier: some")}, `
Provider.Tier: minimal -> some`},
	{"everything offered", []edit{remove(`      not_offered: .*\n`)}, `
Provider.NotOffered: 3 -> 0`},
	{"accepted without gaps", []edit{with("accepted_with_gaps", "accepted")}, `
Provider.GapsFound: true -> false`},
	{"capability refused", []edit{with("accepted_with_gaps", "refused")}, `
Provider.GapsFound: true -> false
Provider.Refused: false -> true`},
	{"capability not reviewed yet", []edit{with("accepted_with_gaps", "pending")}, `
Provider.GapsFound: true -> false
Provider.Pending: false -> true`},
	{"security program", []edit{with("kind: security_program, purchased: false", "kind: security_program, purchased: true")}, `
Services.Kinds: [backup external_scan firewall help_desk mdr mfa os_patching third_party_patching] -> [backup external_scan firewall help_desk mdr mfa os_patching security_program third_party_patching]
Services.Bought: 8 -> 9
Services.NotBought: 5 -> 4
Services.SecurityProgram: false -> true`},
	{"no monitoring", []edit{with("kind: mdr, purchased: true", "kind: mdr, purchased: false"), withEach("service: SVC-MDR", "service: SVC-DESK")}, `
Services.Kinds: [backup external_scan firewall help_desk mdr mfa os_patching third_party_patching] -> [backup external_scan firewall help_desk mfa os_patching third_party_patching]
Services.Bought: 8 -> 7
Services.NotBought: 5 -> 6
Services.Monitoring: true -> false`},
	{"siem for mdr", []edit{with("kind: mdr, purchased: true", "kind: mdr, purchased: false"), withEach("service: SVC-MDR", "service: SVC-DESK"), with("kind: siem, purchased: false", "kind: siem, purchased: true")}, `
Services.Kinds: [backup external_scan firewall help_desk mdr mfa os_patching third_party_patching] -> [backup external_scan firewall help_desk mfa os_patching siem third_party_patching]`},
	{"only applications patched", []edit{with("kind: os_patching, purchased: true", "kind: os_patching, purchased: false"), withEach("service: SVC-PATCH", "service: SVC-APPS")}, `
Services.Kinds: [backup external_scan firewall help_desk mdr mfa os_patching third_party_patching] -> [backup external_scan firewall help_desk mdr mfa third_party_patching]
Services.Bought: 8 -> 7
Services.NotBought: 5 -> 6`},
	{"no patching", []edit{with("kind: os_patching, purchased: true", "kind: os_patching, purchased: false"), with("kind: third_party_patching, purchased: true", "kind: third_party_patching, purchased: false"), withEach("service: SVC-PATCH", "service: SVC-DESK")}, `
Services.Kinds: [backup external_scan firewall help_desk mdr mfa os_patching third_party_patching] -> [backup external_scan firewall help_desk mdr mfa]
Services.Bought: 8 -> 6
Services.NotBought: 5 -> 7
Services.Patching: true -> false`},
	{"two services of a kind", []edit{with("kind: third_party_patching", "kind: os_patching")}, `
Services.Kinds: [backup external_scan firewall help_desk mdr mfa os_patching third_party_patching] -> [backup external_scan firewall help_desk mdr mfa os_patching]`},
	{"no backup", []edit{with("kind: backup, purchased: true", "kind: backup, purchased: false"), without("backups")}, `
Services.Kinds: [backup external_scan firewall help_desk mdr mfa os_patching third_party_patching] -> [external_scan firewall help_desk mdr mfa os_patching third_party_patching]
Services.Bought: 8 -> 7
Services.NotBought: 5 -> 6
Services.Backup: true -> false
Backups.Count: 3 -> 0
Backups.AllOffsite: true -> false
Backups.AllIsolated: true -> false`},
	{"one asset less", []edit{withoutRow("id: A-PAPER")}, `
Assets.Count: 4 -> 3
Assets.OutOfScope: 1 -> 0`},
	{"backup on site", []edit{with("asset: A-TAX, every_hours: 24, offsite: true", "asset: A-TAX, every_hours: 24, offsite: false")}, `
Backups.AllOffsite: true -> false`},
	{"backup within reach", []edit{with("asset: A-TAX, every_hours: 24, offsite: true, isolated: immutable", "asset: A-TAX, every_hours: 24, offsite: true, isolated: none")}, `
Backups.AllIsolated: true -> false`},
	{"backup offline", []edit{with("asset: A-TAX, every_hours: 24, offsite: true, isolated: immutable", "asset: A-TAX, every_hours: 24, offsite: true, isolated: offline")}, ``},
	{"a control of a third party", []edit{with("{control: 3.R, owner: customer,", "{control: 3.R, owner: third_party, third_party: T-TAX,")}, `
Responsibilities.Customer: 10 -> 9
Responsibilities.ThirdParty: 0 -> 1`},
	{"a control that does not apply", []edit{with("{control: 3.R, owner: customer, accountable: P-GUS, responsible: [P-GUS],", "{control: 3.R, owner: not_applicable, reason: The office is closed,")}, `
Responsibilities.Customer: 10 -> 9
Responsibilities.NotApplicable: 0 -> 1`},
	{"a control of the customer", []edit{with("{control: 2.B, owner: provider, accountable: P-SAM, responsible: [P-SAM], service: SVC-PATCH,", "{control: 2.B, owner: customer, accountable: P-GUS, responsible: [P-GUS],")}, `
Responsibilities.Provider: 13 -> 12
Responsibilities.Customer: 10 -> 11`},
	{"nothing shared in one row", []edit{
		with("{control: 3.N, owner: shared,", "{control: 3.N, owner: customer,"),
		remove(`,\n     split: \[\{party: provider, duty: "Describe each change.*\n.*\]`),
	}, `
Responsibilities.Customer: 10 -> 11
Responsibilities.Shared: 8 -> 7`},
	{"a risk not accepted", []edit{
		with("{control: 2.C, owner: unassigned, risk_acceptance: C-RA1,", "{control: 2.C, owner: customer, accountable: P-FAY, responsible: [P-FAY],"),
		withoutRow("id: C-RA1"),
	}, `
Responsibilities.Customer: 10 -> 11
Responsibilities.Unassigned: 3 -> 2
Acceptances.Count: 3 -> 2`},
	{"monitoring contracted by the customer", []edit{with("role: monitoring of laptops day and night, owner: provider", "role: monitoring of laptops day and night, owner: customer")}, `
ThirdParties.Provider: 1 -> 0
ThirdParties.Customer: 1 -> 2`},
	{"no maturity", []edit{without("maturity")}, `
Maturity.Present: true -> false
Maturity.Low: true -> false
Maturity.SelfAssessed: true -> false`},
	{"maturity above the threshold", []edit{with("low_threshold: 2.0", "low_threshold: 1.2")}, `
Maturity.Low: true -> false`},
	{"maturity at the threshold", []edit{with("low_threshold: 2.0", "low_threshold: 1.3")}, `
Maturity.Low: true -> false`},
	{"independent assessment", []edit{with("method: self", "method: independent")}, `
Maturity.SelfAssessed: true -> false`},
	{"assessment of the provider", []edit{with("method: self", "method: provider")}, `
Maturity.SelfAssessed: true -> false
Maturity.ByProvider: false -> true`},
	{"provider trains", []edit{
		with("title: First security training for all people, owner: customer", "title: First security training for all people, owner: provider"),
		with("{id: C-C06, title: First security training for all people, owner: provider, person: P-GUS", "{id: C-C06, title: First security training for all people, owner: provider, person: P-SAM"),
	}, `
Commitments.Provider: 3 -> 4`},
	{"more hours", []edit{with("customer_hours: 10", "customer_hours: 12")}, `
Commitments.Hours: 45 -> 47`},
	{"no interim control", []edit{remove(`,\n     interim_control: \{text: "Each person.*until: 2027-04-30\}`)}, `
Commitments.Interim: 2 -> 1`},
	{"no commitment", []edit{
		without("maturity"), without("commitments"), without("budget"), with(", wisp_commitment: C-C01", ""),
		func(t *testing.T, text string) string {
			return regexp.MustCompile(` commitment: C-C\d\d,`).ReplaceAllString(text, "")
		},
	}, `
Maturity.Present: true -> false
Maturity.Low: true -> false
Maturity.SelfAssessed: true -> false
Commitments.Count: 10 -> 0
Commitments.Provider: 3 -> 0
Commitments.Interim: 2 -> 0
Commitments.Hours: 45 -> 0
Budget.Years: 3 -> 0
Budget.Present: true -> false
Budget.Contingency: true -> false
Budget.Approved: true -> false
Budget.Estimates: true -> false
Regulatory.GLBAPlan: true -> false`},
	{"no budget", []edit{withoutBudget}, `
Budget.Years: 3 -> 0
Budget.Present: true -> false
Budget.Contingency: true -> false
Budget.Approved: true -> false
Budget.Estimates: true -> false`},
	{"no contingency", []edit{with("percent: 10, round_to: 1", "percent: 0, round_to: 1")}, `
Budget.Contingency: true -> false`},
	{"tax included", []edit{with("tax: excluded", "tax: included")}, `
Budget.TaxIncluded: false -> true`},
	{"not approved", []edit{remove(`  approved: .*\n`)}, `
Budget.Approved: true -> false`},
	{"provider pays a line", []edit{with("category: training, payer: customer", "category: training, payer: provider")}, `
Budget.ProviderPays: false -> true`},
	{"all quoted", []edit{withEach("basis: estimate", "basis: quoted")}, `
Budget.Estimates: true -> false`},
	{"no emergency class", []edit{withoutRow("id: emergency")}, `
Changes.Emergency: true -> false
Changes.Limited: true -> false`},
	{"no action before approval", []edit{with("{allowed: true,", "{allowed: false,"), with("approval: after_the_fact", "approval: executive")}, `
Changes.Emergency: true -> false
Changes.Limited: true -> false`},
	{"an emergency may cost", []edit{with("report_hours: 24, max_cost: 0}", "report_hours: 24, max_cost: 100}")}, `
Changes.EmergencyCost: false -> true`},
	{"an emergency without limits", []edit{with("limits: [isolate, disable_account, block_traffic, undo_setting], ", "")}, `
Changes.Limited: true -> false`},
	{"what a request says", []edit{with("  decision_days: 5\n", "  decision_days: 5\n  request_contents: [reason, cost]\n")}, `
Changes.Contents: false -> true`},
	{"what a notice says", []edit{with("update_hours: 24}", "update_hours: 24, content: [what, when]}")}, `
Notification.Contents: false -> true`},
	{"requests are remembered", []edit{with("  decision_days: 5\n", "  decision_days: 5\n  remind_days: [2, 4]\n")}, `
Changes.Reminds: false -> true`},
	{"silence takes a ladder", []edit{
		with("  decision_days: 5\n", "  decision_days: 5\n  escalation: ESC-LATE\n"),
		with("\nnotices:", "\nescalations: [{id: ESC-LATE, name: What is late, steps: [{after_days: 5, provider: P-PAT, customer: P-FAY, respond_days: 5}]}]\nnotices:"),
	}, `
Changes.Escalated: false -> true
Escalations.Count: 0 -> 1`},
	{"access is listed", []edit{with("\nnotices:", "\naccess: [{id: AC-DESK, role: technicians, systems: [A-FILES], rights: admin, admin_group: false, named: true, mfa: app, approved_by: P-FAY, review_months: 3}]\nnotices:")}, `
Access.Count: 0 -> 1`},
	{"access is weak", []edit{with("\nnotices:", "\naccess: [{id: AC-DESK, role: technicians, systems: [A-FILES], rights: admin, admin_group: true, named: true, mfa: app, approved_by: P-FAY, review_months: 3, risk_acceptance: C-RA3}]\nnotices:")}, `
Access.Count: 0 -> 1
Access.Weaker: false -> true`},
	{"tools are listed", []edit{with("  customer:\n    legal_name:", "    tools: [{id: TL-RMM, name: Manager, kind: rmm, mfa: false, admin_exposure: vpn}]\n  customer:\n    legal_name:")}, `
Access.Tools: 0 -> 1
Access.ToolsUnproven: false -> true`},
	{"a connection", []edit{with("\nnotices:", "\nconnections: [{id: CN-VPN, from: the Provider, to: the firewall, method: vpn, dedicated: true, monitored_by: provider, verify_months: 6}]\nnotices:")}, `
Access.Connections: 0 -> 1`},
	{"the customer holds the keys", []edit{with("\nnotices:", "\ncredentials: {reuse_prohibited: true, vault: provider, break_glass_holder: shared}\nnotices:")}, `
Access.EmergencyAccount: false -> true`},
	{"the provider holds the keys", []edit{with("\nnotices:", "\ncredentials: {reuse_prohibited: true, vault: provider, break_glass_holder: provider, risk_acceptance: C-RA3}\nnotices:")}, ``},
	{"customers are kept apart", []edit{with("\nnotices:", "\nsegmentation: {statement: Each has a vault., tenants: shared_logical, admin_domains_separate: true}\nnotices:")}, `
Access.Separation: false -> true
Access.SeparateAdmin: false -> true`},
	{"customers are kept apart, but for administrators", []edit{with("\nnotices:", "\nsegmentation: {statement: Each has a vault., tenants: shared_logical, admin_domains_separate: false}\nnotices:")}, `
Access.Separation: false -> true`},
	{"the provider's own security", []edit{with("  customer:\n    legal_name:", "    baseline: {framework: cisa-cpg-2.0, statement: The same goals.}\n    assurance: [{id: AS-REVIEW, kind: audit, ref: review by an outside assessor}]\n  customer:\n    legal_name:")}, `
Provider.Baseline: false -> true
Provider.Evidence: 0 -> 1`},
	{"times for planned work", []edit{with("\nnotices:", "\nmaintenance_windows: [{id: MW-WEEK, days: [wed], from: '19:00', to: '22:00', frequency: weekly, notice_days: 5}]\nnotices:")}, `
Changes.Windows: 0 -> 1`},
	{"changes are made so", []edit{with("\nnotices:", "\nchange_management: {staging: required, user_notice_hours: 24, rollback_required_for: [major], post_review: [major]}\nnotices:")}, `
Changes.Managed: false -> true
Changes.Staged: false -> true
Changes.UserNotice: false -> true
Changes.WayBack: false -> true
Changes.LookedAt: false -> true`},
	{"changes are tried where that is possible", []edit{with("\nnotices:", "\nchange_management: {staging: where_available}\nnotices:")}, `
Changes.Managed: false -> true`},
	{"people are checked", []edit{with("\nnotices:", "\nvetting: {checks: [identity], before_access: true, recheck_months: 36, training_yearly: true}\nnotices:")}, `
Vetting.Present: false -> true
Vetting.BeforeAccess: false -> true
Vetting.Repeated: false -> true
Vetting.Training: false -> true`},
	{"people are checked once, and later", []edit{with("\nnotices:", "\nvetting: {checks: [identity], before_access: false, training_yearly: false}\nnotices:")}, `
Vetting.Present: false -> true`},
	{"a subcontractor", []edit{with("\nnotices:", "\nsubcontractors: [{id: SUB-SOC, name: Partners, service: monitoring, data_access: true, locations: [United States], flow_down: true}]\nsubcontract_notice_days: 30\nnotices:")}, `
Subcontractors.Count: 0 -> 1
Subcontractors.NoticeDays: 0 -> 30`},
	{"the provider may be taken over", []edit{with("\nnotices:", "\nownership_change: {notice_days: 30, events: [control_change, breach_of_own_systems], customer_right: terminate_without_fee}\nnotices:")}, `
Ownership.Present: false -> true
Ownership.MayLeave: false -> true
Ownership.BreakIn: false -> true`},
	{"a take-over leads to a meeting", []edit{with("\nnotices:", "\nownership_change: {notice_days: 30, events: [control_change], customer_right: review_meeting}\nnotices:")}, `
Ownership.Present: false -> true`},
	{"a service level", []edit{with("\nnotices:", "\nslas: [{id: SLA-REST, name: Begin of a restore, target: {at_most: 4, unit: business_hours}, hours: business}]\nnotices:")}, `
ServiceLevels.Count: 0 -> 1`},
	{"a measure", []edit{with("\nnotices:", "\nkpis: [{id: KPI-PATCH, name: Updated computers, target: {at_least: 95, unit: percent}, source: the tool, frequency: monthly, owner: P-SAM}]\nnotices:")}, `
ServiceLevels.Measures: 0 -> 1`},
	{"people are trained", []edit{with("\nnotices:", "\ntraining: {initial_days: 14, every_months: 12, phishing_months: 3, run_by: provider, attendance_by: customer}\nnotices:")}, `
Training.Present: false -> true
Training.Phishing: false -> true`},
	{"others train people", []edit{with("\nnotices:", "\ntraining: {initial_days: 14, every_months: 12, run_by: third_party, attendance_by: customer}\nnotices:")}, `
Training.Present: false -> true
Training.ThirdParty: false -> true`},
	{"no blackouts", []edit{without("  blackouts")}, `
Changes.Blackouts: 2 -> 0`},
	{"silence is escalated", []edit{with("treated_as_refused", "escalated")}, `
Changes.Refused: true -> false`},
	{"no quarterly review", []edit{withoutRow("id: REV-QTR")}, `
Reviews.Quarterly: true -> false`},
	{"no review of risks", []edit{withoutRow("id: REV-RISK")}, `
Reviews.RiskRegister: true -> false`},
	{"confirmed incidents only", []edit{with("trigger: suspected", "trigger: confirmed")}, `
Notification.Suspected: true -> false`},
	{"incidents of the customer only", []edit{with("[customer_env, provider_env, subcontractor]", "[customer_env]")}, `
Notification.ProviderEnvironment: true -> false
Notification.Subcontractors: true -> false`},
	{"the customer tells one contact", []edit{with("  customer: {hours: 48}", "  customer: {hours: 48, contact: after_hours}")}, `
Notification.ContactNamed: false -> true`},
	{"signatures", []edit{with("security_responsible: true}", "security_responsible: true, method: esign}"), with("authority: Managing Partner under the partnership agreement}", "authority: Managing Partner under the partnership agreement, method: wet, witnessed: true}")}, `
Signing.Paper: 0 -> 1
Signing.Electronic: 0 -> 1
Signing.Free: 2 -> 0
Signing.Witnessed: 0 -> 1`},
	{"an independent test", []edit{with("reviews:\n", "reviews:\n  - {id: REV-TEST, kind: independent_test, every_months: 12, first: 2027-09-06, owner: P-FAY, attendees: [P-SAM]}\n")}, `
Reviews.IndependentTest: false -> true`},
	{"a proposal when targets are missed", []edit{with("  low_threshold: 2.0\n", "  low_threshold: 2.0\n  remedies: [new_plan, higher_fee]\n")}, `
Maturity.Remedies: 0 -> 2`},
	{"a recommendation declined", []edit{with("\nnotices:", "\ndeclined_recommendations: [{id: D-1, recommendation: Central logs, presented: 2026-11-23, decision: declined, decided_by: P-FAY, date: 2026-12-14, consequence: Nobody sees what happened., consequence_explained: true, reason: It costs too much.}]\nnotices:")}, `
Acceptances.Declined: 0 -> 1`},
	{"a choice presented", []edit{with("\nnotices:", "\noptions_presented: [{id: O-1, topic: Central logs, presented: 2026-11-23, options: [{name: All logs, effect: Much is seen.}, {name: None, effect: Nothing is seen.}]}]\nnotices:")}, `
Acceptances.Options: 0 -> 1`},
	{"a ladder", []edit{with("\nnotices:", "\nescalations: [{id: ESC-LATE, name: What is late, steps: [{after_days: 5, provider: P-PAT, customer: P-FAY, respond_days: 5}]}]\nnotices:")}, `
Escalations.Count: 0 -> 1`},
	{"taking over and leaving", []edit{with("\nnotices:", "\ntransition: {in: {until: 2027-03-31, inherited_faults: They are listed.}, out: {assist_days: 60, deletion_days: 30, deletion_proof: true, access_removal_hours: 24}}\nnotices:")}, `
Transition.In: false -> true
Transition.Faults: false -> true
Transition.Out: false -> true
Transition.Proof: false -> true`},
	{"insurance", []edit{with("\nnotices:", "\ninsurance: [{id: INS-FIRM, party: customer, kind: cyber, limit: 500000, expires: 2029-12-31, attested_controls: [3.O], attested_by: P-FAY}]\nnotices:")}, `
Insurance.Count: 0 -> 1
Insurance.Attested: false -> true`},
	{"letters to the customer count sooner", []edit{with("email: notices@nobody-cpas.example", "email: notices@nobody-cpas.example\n    deemed: {post_days: 3}")}, `
Notices.Alike: true -> false`},
	{"mail counts as it always does", []edit{with("email: notices@nobody-cpas.example", "email: notices@nobody-cpas.example\n    deemed: {email: next_business_day}")}, ``},
	{"the customer tells early", []edit{with("\nnotices:", "\ncustomer_notice: {joiner_hours: 24, leaver_hours: 4, system_days: 5}\nnotices:")}, `
Told.JoinerHours: 0 -> 24
Told.LeaverHours: 0 -> 4
Told.SystemDays: 0 -> 5`},
	{"no law stated", []edit{without("regulatory")}, `
Regulatory.Count: 1 -> 0
Regulatory.GLBA: true -> false
Regulatory.GLBAExempt: true -> false
Regulatory.GLBAPlan: true -> false`},
	{"no exemption", []edit{with("exempt: true", "exempt: false")}, `
Regulatory.GLBAExempt: true -> false`},
	{"patients", []edit{with("\nmsa:", "\nrelated_documents: [{id: DOC-BAA, kind: baa, title: Business Associate Agreement, date: 2026-01-05}]\nmsa:"), with("\nnotices:", "\n  hipaa: {stated_by: P-FAY, as_of: 2026-12-14, role: covered_entity, baa: DOC-BAA, phi_systems: [], breach_notice_days: 10, risk_analysis_commitment: C-C01}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.HIPAA: false -> true
Regulatory.HIPAAPlan: false -> true`},
	{"patients, with a risk analysis", []edit{with("\nmsa:", "\nrelated_documents: [{id: DOC-BAA, kind: baa, title: Business Associate Agreement, date: 2026-01-05}]\nmsa:"), with("\nnotices:", "\n  hipaa: {stated_by: P-FAY, as_of: 2026-12-14, role: business_associate, baa: DOC-BAA, phi_systems: [], breach_notice_days: 10, risk_analysis_date: 2026-10-05}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.HIPAA: false -> true`},
	{"the first level of CMMC", []edit{with("\nnotices:", "\n  cmmc: {stated_by: P-FAY, as_of: 2026-12-14, level: 1, assessment: self, cui: false, spd: false, ssp_ref: none, affirming_official: P-FAY}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.CMMC: false -> true`},
	{"CMMC with protection data at the provider", []edit{with("\nnotices:", "\n  cmmc: {stated_by: P-FAY, as_of: 2026-12-14, level: 1, assessment: self, cui: false, spd: true, ssp_ref: none, affirming_official: P-FAY, locations: [United States]}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.CMMC: false -> true
Regulatory.CMMCData: false -> true
Regulatory.CMMCPlaces: false -> true`},
	{"payment cards", []edit{with("\nnotices:", "\n  pci: {stated_by: P-FAY, as_of: 2026-12-14, role: merchant, validation: questionnaire, matrix: [{requirement: '9', owner: customer}]}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.PCI: false -> true`},
	{"a customer in Europe", []edit{with("\nnotices:", "\n  nis2: {stated_by: P-FAY, as_of: 2026-12-14, status: in_force, customer_class: important, provider_in_scope: true, early_warning_hours: 72, report_hours: 96, final_report_days: 30}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.NIS2: false -> true
Regulatory.NISProvider: false -> true`},
	{"a law of Europe that is not in force", []edit{with("\nnotices:", "\n  nis2: {stated_by: P-FAY, as_of: 2026-12-14, status: repealed, customer_class: none, provider_in_scope: false, early_warning_hours: 24, report_hours: 72, final_report_days: 30}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.NIS2: false -> true
Regulatory.NISNotInForce: false -> true`},
	{"a customer in Britain", []edit{with("\nnotices:", "\n  uk_nis: {stated_by: P-FAY, as_of: 2026-12-14, status: pending, relevant_msp: true, regulator: the Information Commission, initial_hours: 24, full_hours: 72}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.UKNIS: false -> true
Regulatory.NISProvider: false -> true
Regulatory.NISNotInForce: false -> true`},
	{"a town", []edit{with("\nnotices:", "\n  public_body: {stated_by: P-FAY, as_of: 2026-12-14, state: Louisiana, law: R.S. 51:2111 to 2116, incorporated: true, incident_hours: 24}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.PublicBody: false -> true
Regulatory.PublicBodyTaken: false -> true`},
	{"personal data", []edit{with("\nmsa:", "\nrelated_documents: [{id: DOC-DPA, kind: dpa, title: Data Processing Agreement, date: 2026-01-05}]\nmsa:"), with("\nnotices:", "\n  privacy: {stated_by: P-FAY, as_of: 2026-12-14, laws: [GDPR], provider_role: processor, dpa: DOC-DPA, breach_notice_hours: 48}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.Privacy: false -> true
Regulatory.PrivacyData: false -> true
Regulatory.PrivacyDirected: false -> true
Regulatory.PrivacyAgreement: false -> true
Regulatory.PrivacyHours: false -> true`},
	{"personal data of the provider's own", []edit{with("\nnotices:", "\n  privacy: {stated_by: P-FAY, as_of: 2026-12-14, laws: [GDPR], provider_role: controller}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.Privacy: false -> true
Regulatory.PrivacyData: false -> true`},
	{"no personal data", []edit{with("\nnotices:", "\n  privacy: {stated_by: P-FAY, as_of: 2026-12-14, laws: [GDPR], provider_role: none}\nnotices:")}, `
Regulatory.Count: 1 -> 2
Regulatory.Privacy: false -> true`},
	{"a law is chosen", []edit{with("\nnotices:", "\ngoverning_law: {jurisdiction: the State of Texas}\nnotices:")}, `
Disputes.Law: false -> true`},
	{"a court and steps before it", []edit{with("\nnotices:", "\ngoverning_law: {jurisdiction: the State of Texas, forum: the courts of Anytown, dispute_steps: [{step: contacts, days: 10}, {step: mediation, days: 30}]}\nnotices:")}, `
Disputes.Law: false -> true
Disputes.Forum: false -> true
Disputes.Steps: 0 -> 2
Disputes.Mediation: false -> true`},
	{"logs", []edit{with("\nnotices:", "\nlogging:\n  - {id: LOG-A, source: sign-ins, retention_days: 365, customer_visible: true, validated_by: provider, offsite: true}\n  - {id: LOG-B, source: doors, retention_days: 365, customer_visible: true, validated_by: third_party, offsite: true}\nnotices:")}, `
Logging.Count: 0 -> 2
Logging.ThirdParty: 0 -> 1`},
	{"continuity", []edit{with("\nnotices:", "\ncontinuity: {plan_ref: the red binder, suppliers: [Example Power Co.], manual_patch_procedure: By hand., exercise_months: 12}\nnotices:")}, `
Continuity.Plan: false -> true
Continuity.Suppliers: 0 -> 1
Continuity.ManualPatching: false -> true
Continuity.Exercise: false -> true`},
	{"handling of incidents", []edit{with("\nnotices:", "\nincident:\n  plan_ref: the blue binder\n  severities: [{id: SEV1, definition: Work stands still., response_minutes: 30, hours: 24x7}]\n  exercise_months: 12\n  after_action_days: 30\n  evidence_days: 365\n  out_of_scope_hourly_rate: 180\n  command: {business_lead: P-FAY, technical_lead: P-SAM}\nexternal_communications: {spokesperson: P-FAY, approval: P-FAY}\nnotices:")}, `
Incident.Severities: 0 -> 1
Incident.Plan: false -> true
Incident.Command: false -> true
Incident.Evidence: false -> true
Incident.AfterAction: false -> true
Incident.Exercise: false -> true
Incident.Rate: false -> true
Incident.Speaker: false -> true`},
	{"weaknesses", []edit{with("\nnotices:", "\nremediation:\n  - {severity: kev, days: 3, clock: release}\n  - {severity: critical, days: 14, clock: release}\n  - {severity: high, days: 30, clock: release}\nvulnerability_disclosure: {contact: security@nobody-cpas.example, security_txt: true, ack_days: 5}\nnotices:")}, `
Weaknesses.Times: 0 -> 3
Weaknesses.Channel: false -> true`},
	{"renews itself", []edit{with("{kind: by_review,", "{kind: auto, months: 12,")}, `
Term.Renewal: true -> false
Term.Automatic: false -> true
Term.Months: 0 -> 12`},
	{"no renewal", []edit{with("kind: by_review", "kind: none")}, `
Term.Renewal: true -> false`},
}

// TestFacts changes the example and compares the facts that change with it,
// and holds that each fact changes in one case at least.
func TestFacts(t *testing.T) {
	base := New(loadExample(t))
	changed := map[string]bool{}
	for _, test := range factCases {
		t.Run(test.name, func(t *testing.T) {
			text := readExample(t)
			for _, e := range test.edits {
				text = e(t, text)
			}
			a, findings := load(t, text)
			if a == nil {
				t.Fatalf("the changed example has errors:\n%s", findings)
			}
			v := New(a)
			checkOrigins(t, a, v)
			var got strings.Builder
			before, after := facts(base), facts(v)
			for i, f := range before {
				was, is := fmt.Sprint(f.value.Interface()), fmt.Sprint(after[i].value.Interface())
				if was != is {
					changed[f.path] = true
					fmt.Fprintf(&got, "\n%s: %s -> %s", strings.TrimPrefix(f.path, "Facts."), was, is)
				}
			}
			if diff := cmp.Diff(test.want, got.String()); diff != "" {
				t.Errorf("changed facts differ (-want +got):\n%s", diff)
			}
		})
	}
	for _, f := range facts(base) {
		if !changed[f.path] {
			t.Errorf("no case changes %s", f.path)
		}
	}
}

// facts are the single facts of a view.
func facts(v *View) []field {
	var single []field
	for _, f := range fields(v) {
		if strings.HasPrefix(f.path, "Facts.") && f.value.Kind() != reflect.Struct {
			single = append(single, f)
		}
	}
	return single
}
