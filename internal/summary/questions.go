package summary

import (
	"fmt"
	"slices"

	"concordat/internal/agreement"
)

// question is a question that a customer should ask before it gives work to a
// provider.
type question struct {
	id    string // such as "S1": strategic, operational or tactical
	topic string // a few words for a list
	ask   string // the question, in our words
	note  string // when a value answers, where that is more than being written
	needs []need // each of them must be answered
}

// need is one thing that a question asks for, of an agreement where when holds;
// a nil when always does.
type need struct {
	fields []string // of the agreement file, as a user writes them, with [] for the rows of a list; any one of them answers
	find   finder
	when   func(*agreement.Agreement) bool
}

// asks reports whether n is asked of an agreement.
func (n need) asks(a *agreement.Agreement) bool { return n.when == nil || n.when(a) }

// finder gives the path of the value that answers, as Agreement.Span takes it,
// or "" where nothing does.
type finder func(*agreement.Agreement) string

// questions are the questions in the order of the paper of CISA. They ask what
// an agreement says; whether that is good is what the rules judge.
func questions() []question {
	return []question{
		// For those who lead the customer.
		{"S1", "who answers for security", "Who of the customer answers for security, which no contract hands over?", "", []need{
			{fields: []string{"parties.customer.security_executive"}, find: func(a *agreement.Agreement) string {
				return text("Parties.Customer.SecurityExecutive", a.Parties.Customer.SecurityExecutive)
			}}}},
		{"S2", "who decides about the provider", "Who of the customer has a say when work is given to a provider?", "", []need{
			{fields: []string{"governance.decision_makers"}, find: func(a *agreement.Agreement) string {
				return some("Governance.DecisionMakers", a.Governance.DecisionMakers)
			}}}},
		{"S3", "why the money is well spent", "Why is the money well spent, once risk and security are counted in?", "", []need{
			{fields: []string{"budget.rationale"}, find: func(a *agreement.Agreement) string {
				return when("Budget.Rationale", a.Budget != nil && a.Budget.Rationale != "")
			}}}},
		{"S4", "who does what", "Who is responsible for each part of security and of daily operation?", "", []need{
			{fields: []string{"responsibilities[].owner"}, find: func(a *agreement.Agreement) string {
				return first("Responsibilities", "Owner", a.Responsibilities, func(x agreement.Responsibility) bool { return x.Owner != "" })
			}}}},
		{"S5", "protection of the critical assets", "Which assets does the business need most, and what protects each of them?", "for each asset in scope that is restored first", []need{
			{fields: []string{"critical_assets[].priority"}, find: func(a *agreement.Agreement) string {
				return first("CriticalAssets", "Priority", a.CriticalAssets, agreement.Asset.In)
			}},
			{fields: []string{"backups[].asset", "commitments[].assets", "services[].assets", "critical_assets[].third_party"}, find: protection}}},
		{"S6", "cost of a loss", "What would the loss of the most critical assets do to secrecy, work, legal duties and money?", "for each asset in scope that is restored first, at least one figure", []need{
			{fields: []string{"critical_assets[].impact"}, find: func(a *agreement.Agreement) string {
				return every("CriticalAssets", "Impact", a.CriticalAssets, mostCritical(a), func(x agreement.Asset) bool {
					return x.Impact != nil && *x.Impact != agreement.Impact{}
				})
			}}}},
		{"S7", "soundness of the provider", "What shows that the provider itself is sound, its finances included?", "of the kind `financial`", []need{
			{fields: []string{"parties.provider.assurance[].kind"}, find: func(a *agreement.Agreement) string {
				return first("Parties.Provider.Assurance", "Kind", a.Parties.Provider.Assurance, func(x agreement.Assurance) bool { return x.Kind == "financial" })
			}}}},
		{"S8", "duties of both parties", "Which part of a shared duty is the provider’s, and which the customer’s?", "", []need{
			{fields: []string{"responsibilities[].split"}, find: func(a *agreement.Agreement) string {
				return first("Responsibilities", "Split", a.Responsibilities, func(x agreement.Responsibility) bool { return len(x.Split) > 0 })
			}}}},
		{"S9", "the customer’s own risk plan", "Where does the customer’s own risk plan deal with its dependence on the provider?", "", []need{
			{fields: []string{"parties.customer.risk_plan_ref"}, find: func(a *agreement.Agreement) string {
				return text("Parties.Customer.RiskPlan", a.Parties.Customer.RiskPlan)
			}}}},
		{"S10", "assets in and out of scope", "Which assets are in the agreement or left out of it, and how does work go on without each?", "a contingency for each asset in scope", []need{
			{fields: []string{"critical_assets[].in_scope"}, find: func(a *agreement.Agreement) string {
				return first("CriticalAssets", "InScope", a.CriticalAssets, func(x agreement.Asset) bool { return x.InScope != nil })
			}},
			{fields: []string{"critical_assets[].contingency"}, find: func(a *agreement.Agreement) string {
				return every("CriticalAssets", "Contingency", a.CriticalAssets, agreement.Asset.In, func(x agreement.Asset) bool { return x.Contingency != "" })
			}}}},

		// For those who buy.
		{"O1", "service levels", "How good must the service be, in figures?", "", []need{
			{fields: []string{"slas[].target"}, find: func(a *agreement.Agreement) string { return row("ServiceLevels", "Target", a.ServiceLevels) }}}},
		{"O2", "signature for security", "Does somebody sign who answers for the security of the service?", "`true` for one of them", []need{
			{fields: []string{"signatories[].security_responsible"}, find: func(a *agreement.Agreement) string {
				return first("Signatories", "SecurityResponsible", a.Signatories, func(x agreement.Signatory) bool { return x.SecurityResponsible })
			}}}},
		{"O3", "change of owners or leaders", "How soon does a party tell of new owners or leaders?", "", []need{
			{fields: []string{"ownership_change.notice_days"}, find: func(a *agreement.Agreement) string {
				return when("OwnershipChange.NoticeDays", a.OwnershipChange != nil)
			}}}},
		{"O4", "plan for incidents", "By which plan do the parties handle incidents?", "", []need{
			{fields: []string{"incident.plan_ref"}, find: func(a *agreement.Agreement) string {
				return when("Incident.Plan", a.Incident != nil && a.Incident.Plan != "")
			}}}},
		{"O5", "when a weakness is closed", "What shows that a weakness is closed?", "", []need{
			{fields: []string{"remediation[].acceptance"}, find: func(a *agreement.Agreement) string {
				return first("Remediation", "Acceptance", a.Remediation, func(x agreement.Remediation) bool { return x.Acceptance != "" })
			}}}},
		{"O6", "separation of customers", "How does the provider keep its customers apart?", "", []need{
			{fields: []string{"segmentation.statement"}, find: func(a *agreement.Agreement) string {
				return when("Segmentation.Statement", a.Segmentation != nil && a.Segmentation.Statement != "")
			}}}},
		{"O7", "logs and records", "Which logs are kept, and for how long?", "", []need{
			{fields: []string{"logging[].retention_days"}, find: func(a *agreement.Agreement) string { return row("Logging", "RetentionDays", a.Logging) }}}},
		{"O8", "checks of the provider’s people", "How are the provider’s people checked before they get access?", "", []need{
			{fields: []string{"vetting.checks"}, find: func(a *agreement.Agreement) string {
				return when("Vetting.Checks", a.Vetting != nil && len(a.Vetting.Checks) > 0)
			}}}},
		{"O9", "taking over", "How and until when does the provider take over?", "", []need{
			{fields: []string{"transition.in"}, find: func(a *agreement.Agreement) string {
				return when("Transition.In", a.Transition != nil && a.Transition.In != nil)
			}}}},
		{"O10", "notice of subcontractors", "How long before a new subcontractor starts is the customer told?", "more than 0", []need{
			{fields: []string{"subcontract_notice_days"}, find: func(a *agreement.Agreement) string {
				return when("SubcontractNoticeDays", a.SubcontractNoticeDays > 0)
			}}}},
		{"O11", "planned outages", "When may planned work interrupt the service, and after what notice?", "", []need{
			{fields: []string{"maintenance_windows[].notice_days"}, find: func(a *agreement.Agreement) string {
				return row("MaintenanceWindows", "NoticeDays", a.MaintenanceWindows)
			}}}},
		{"O12", "evidence of the provider", "Which reports, certificates or insurance does the provider show?", "the provider’s", []need{
			{fields: []string{"parties.provider.assurance[].ref", "parties.provider.capability.certifications", "insurance[].certificate_ref"}, find: evidence}}},

		// For those who run the systems.
		{"T1", "rights of the provider’s people", "Which rights do the provider’s people get, agreed before they have them?", "", []need{
			{fields: []string{"access[].rights"}, find: func(a *agreement.Agreement) string { return row("Access", "Rights", a.Access) }}}},
		{"T2", "shortest time for strong rights", "How is each administrator’s right limited in time, a subcontractor’s too?", "a limit for each right of the kind `admin`, or no such right; a row for each subcontractor that sees data, where there is one", []need{
			{fields: []string{"access[].just_in_time", "access[].max_hours", "access[].rights"}, find: shortestTime},
			{fields: []string{"access[].subcontractor"}, find: subcontractorAccess, when: subcontractorsSeeData}}},
		{"T3", "check of connections", "When was each connection to the provider last checked?", "for each connection", []need{
			{fields: []string{"connections[].last_verified"}, find: func(a *agreement.Agreement) string {
				return every("Connections", "LastVerified", a.Connections, nil, func(x agreement.Connection) bool { return !x.LastVerified.IsZero() })
			}}}},
		{"T4", "connections for nothing else", "Does anything else go over the connections that the provider uses?", "", []need{
			{fields: []string{"connections[].dedicated"}, find: func(a *agreement.Agreement) string { return row("Connections", "Dedicated", a.Connections) }}}},
		{"T5", "proof at sign-in", "How does each of the provider’s people prove who it is, and whose keys open which systems?", "", []need{
			{fields: []string{"access[].mfa"}, find: func(a *agreement.Agreement) string { return row("Access", "MFA", a.Access) }},
			{fields: []string{"access[].named"}, find: func(a *agreement.Agreement) string { return row("Access", "Named", a.Access) }},
			{fields: []string{"credentials.reuse_prohibited"}, find: func(a *agreement.Agreement) string {
				return when("Credentials.ReuseProhibited", a.Credentials != nil && a.Credentials.ReuseProhibited != nil)
			}}}},
		{"T6", "bounds of the provider’s accounts", "Do the provider’s accounts stand in groups of administrators, and which systems do they reach?", "", []need{
			{fields: []string{"access[].admin_group"}, find: func(a *agreement.Agreement) string { return row("Access", "AdminGroup", a.Access) }},
			{fields: []string{"access[].systems"}, find: func(a *agreement.Agreement) string { return row("Access", "Systems", a.Access) }}}},
		{"T7", "copies at another place", "Are copies of records and of logs kept at another place?", "for logs either copies with the backups or copies of their own", []need{
			{fields: []string{"backups[].offsite"}, find: func(a *agreement.Agreement) string { return row("Backups", "Offsite", a.Backups) }},
			{fields: []string{"backups[].includes_logs", "logging[].offsite"}, find: func(a *agreement.Agreement) string {
				if path := first("Backups", "IncludesLogs", a.Backups, func(x agreement.Backup) bool { return x.IncludesLogs }); path != "" {
					return path
				}
				return row("Logging", "Offsite", a.Logging)
			}}}},
		{"T8", "who checks the provider’s logs", "Who other than the provider looks through the logs of what it does?", "somebody other than the provider, at least once", []need{
			{fields: []string{"logging[].validated_by"}, find: func(a *agreement.Agreement) string {
				return first("Logging", "ValidatedBy", a.Logging, func(x agreement.Log) bool { return x.ValidatedBy != agreement.Provider })
			}}}},
		{"T9", "suppliers in the plans", "Which suppliers do the plans for incidents and for going on count in?", "", []need{
			{fields: []string{"continuity.suppliers"}, find: func(a *agreement.Agreement) string {
				return when("Continuity.Suppliers", a.Continuity != nil && len(a.Continuity.Suppliers) > 0)
			}}}},
		{"T10", "who tells whom", "Who tells whom of weaknesses and of incidents, and who speaks to others?", "", []need{
			{fields: []string{"vulnerability_disclosure.contact"}, find: func(a *agreement.Agreement) string {
				return when("VulnerabilityDisclosure.Contact", a.VulnerabilityDisclosure != nil && a.VulnerabilityDisclosure.Contact != "")
			}},
			{fields: []string{"notification.provider.hours"}, find: func(a *agreement.Agreement) string {
				return when("Notification.Provider.Hours", a.Notification.Provider.Hours > 0)
			}},
			{fields: []string{"external_communications.spokesperson"}, find: func(a *agreement.Agreement) string {
				return when("ExternalCommunications.Spokesperson", a.ExternalCommunications != nil && a.ExternalCommunications.Spokesperson != "")
			}}}},
		{"T11", "lessons after an incident", "How soon after an incident do both parties look at what happened?", "more than 0", []need{
			{fields: []string{"incident.after_action_days"}, find: func(a *agreement.Agreement) string {
				return when("Incident.AfterActionDays", a.Incident != nil && a.Incident.AfterActionDays > 0)
			}}}},
	}
}

func when(path string, ok bool) string {
	if ok {
		return path
	}
	return ""
}

func text(path, value string) string { return when(path, value != "") }

func some(path string, values []string) string { return when(path, len(values) > 0) }

// first is the path of a field in the first row for which ok holds.
func first[T any](list, field string, rows []T, ok func(T) bool) string {
	if i := slices.IndexFunc(rows, ok); i >= 0 {
		return fmt.Sprintf("%s[%d].%s", list, i, field)
	}
	return ""
}

// row is the path of a field, which the model demands, in the first row.
func row[T any](list, field string, rows []T) string {
	return first(list, field, rows, func(T) bool { return true })
}

// every is the path of a field in the first of the rows that count, where ok
// holds for all of them and there is one. With a nil counts, all count.
func every[T any](list, field string, rows []T, counts, ok func(T) bool) string {
	path := ""
	for i, x := range rows {
		switch {
		case counts != nil && !counts(x):
		case !ok(x):
			return ""
		case path == "":
			path = fmt.Sprintf("%s[%d].%s", list, i, field)
		}
	}
	return path
}

// mostCritical reports whether an asset is in scope and no other in scope is
// restored before it.
func mostCritical(a *agreement.Agreement) func(agreement.Asset) bool {
	highest := 0
	for _, x := range a.CriticalAssets {
		if x.In() && (highest == 0 || x.Priority < highest) {
			highest = x.Priority
		}
	}
	return func(x agreement.Asset) bool { return x.In() && x.Priority == highest }
}

// protection is what protects the first of the most critical assets, where
// each of them has a backup, a commitment or a bought service of its own, or a
// third party that runs it.
func protection(a *agreement.Agreement) string {
	critical := mostCritical(a)
	path := ""
	for i, x := range a.CriticalAssets {
		if !critical(x) {
			continue
		}
		found := protectionOf(a, x)
		if found == "" && x.ThirdParty != "" {
			found = fmt.Sprintf("CriticalAssets[%d].ThirdParty", i)
		}
		if found == "" {
			return ""
		}
		if path == "" {
			path = found
		}
	}
	return path
}

func protectionOf(a *agreement.Agreement, asset agreement.Asset) string {
	if path := first("Backups", "Asset", a.Backups, func(x agreement.Backup) bool { return x.Asset == asset.ID }); path != "" {
		return path
	}
	if path := first("Commitments", "Assets", a.Commitments, func(x agreement.Commitment) bool { return slices.Contains(x.Assets, asset.ID) }); path != "" {
		return path
	}
	return first("Services", "Assets", a.Services, func(x agreement.Service) bool { return x.Bought() && slices.Contains(x.Assets, asset.ID) })
}

// evidence is the first thing that the provider shows about itself.
func evidence(a *agreement.Agreement) string {
	if path := row("Parties.Provider.Assurance", "Ref", a.Parties.Provider.Assurance); path != "" {
		return path
	}
	if len(a.Parties.Provider.Capability.Certifications) > 0 {
		return "Parties.Provider.Capability.Certifications"
	}
	return first("Insurance", "Certificate", a.Insurance, func(x agreement.Insurance) bool {
		return x.Party == agreement.Provider && x.Certificate != ""
	})
}

// shortestTime is where the first administrator's right is limited, when each
// is; without administrators, the rights themselves say that nobody is one.
func shortestTime(a *agreement.Agreement) string {
	path := ""
	for i, x := range a.Access {
		if x.Rights != "admin" {
			continue
		}
		found := ""
		switch {
		case x.JustInTime:
			found = fmt.Sprintf("Access[%d].JustInTime", i)
		case x.MaxHours > 0:
			found = fmt.Sprintf("Access[%d].MaxHours", i)
		default:
			return ""
		}
		if path == "" {
			path = found
		}
	}
	if path == "" {
		return row("Access", "Rights", a.Access)
	}
	return path
}

// seesData reports whether a subcontractor can see data of the customer.
func seesData(s agreement.Subcontractor) bool { return s.DataAccess != nil && *s.DataAccess }

func subcontractorsSeeData(a *agreement.Agreement) bool {
	return slices.ContainsFunc(a.Subcontractors, seesData)
}

// subcontractorAccess is where the rights of the first subcontractor stand
// that sees data, when those of each do.
func subcontractorAccess(a *agreement.Agreement) string {
	path := ""
	for _, s := range a.Subcontractors {
		if !seesData(s) {
			continue
		}
		found := first("Access", "Subcontractor", a.Access, func(x agreement.Access) bool { return x.Subcontractor == s.ID })
		if found == "" {
			return ""
		}
		if path == "" {
			path = found
		}
	}
	return path
}
