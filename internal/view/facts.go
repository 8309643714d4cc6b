package view

import (
	"cmp"
	"slices"

	"concordat/internal/agreement"
	"concordat/internal/clause"
)

// Facts are the facts of an agreement that conditions ask.
func Facts(a *agreement.Agreement) *clause.Facts {
	f := &clause.Facts{
		Agreement: clause.AgreementFacts{
			Public:       a.Info.Confidentiality == "public",
			Short:        a.Clauses.Short(),
			Strict:       a.Clauses.Strict(),
			Confidential: a.Info.Confidentiality == "confidential",
		},
		MSA:              clause.MSAFacts{Present: a.MSA != nil},
		Customer:         customerFacts(a),
		Provider:         providerFacts(a),
		Services:         serviceFacts(a),
		Assets:           clause.AssetFacts{Count: len(a.CriticalAssets)},
		Backups:          backupFacts(a),
		Logging:          loggingFacts(a),
		Continuity:       continuityFacts(a),
		Incident:         incidentFacts(a),
		Weaknesses:       clause.WeaknessFacts{Times: len(a.Remediation), Channel: a.VulnerabilityDisclosure != nil},
		Responsibilities: responsibilityFacts(a),
		Maturity:         maturityFacts(a),
		Commitments:      commitmentFacts(a),
		Budget:           budgetFacts(a),
		Acceptances:      clause.AcceptanceFacts{Count: len(a.RiskAcceptances), Declined: len(a.DeclinedRecommendations), Options: len(a.OptionsPresented)},
		Changes:          changeFacts(a),
		Access:           accessFacts(a),
		Notification:     notificationFacts(a),
		Regulatory:       regulatoryFacts(a.Regulatory),
		Disputes:         disputeFacts(a.GoverningLaw),
		Term: clause.TermFacts{
			Renewal:   a.Term.Renewal.Kind == "by_review",
			Automatic: a.Term.Renewal.Kind == "auto",
			Months:    a.Term.Renewal.Months,
		},
		Signing:        signingFacts(a),
		Told:           clause.ToldFacts(a.ChangesTold),
		Notices:        clause.NoticeFacts{Alike: noticesAlike(a)},
		Vetting:        vettingFacts(a.Vetting),
		Subcontractors: clause.SubcontractorFacts{Count: len(a.Subcontractors), NoticeDays: a.SubcontractNoticeDays},
		Ownership:      ownershipFacts(a.OwnershipChange),
		ServiceLevels:  clause.ServiceLevelFacts{Count: len(a.ServiceLevels), Measures: len(a.KPIs)},
		Training:       trainingFacts(a.Training),
		Escalations:    clause.EscalationFacts{Count: len(a.Escalations)},
		Transition:     transitionFacts(a),
		Insurance:      insuranceFacts(a),
	}
	for _, x := range a.CriticalAssets {
		if !x.In() {
			f.Assets.OutOfScope++
		}
	}
	for _, x := range a.Parties.ThirdParties {
		switch x.Owner {
		case agreement.Provider:
			f.ThirdParties.Provider++
		case agreement.Customer:
			f.ThirdParties.Customer++
		default:
			panic("view: third party of " + x.Owner)
		}
	}
	for _, x := range a.Reviews {
		f.Reviews.Quarterly = f.Reviews.Quarterly || x.Kind == "quarterly"
		f.Reviews.RiskRegister = f.Reviews.RiskRegister || x.Kind == "risk_register"
		f.Reviews.IndependentTest = f.Reviews.IndependentTest || x.Kind == "independent_test"
	}
	return f
}

func customerFacts(a *agreement.Agreement) clause.CustomerFacts {
	c := a.Parties.Customer
	return clause.CustomerFacts{
		Employees:     c.Employees,
		SensitiveData: len(c.SensitiveData) > 0,
		TaxData:       slices.Contains(c.SensitiveData, "tax"),
		Delegated:     c.Delegation != "",
	}
}

func providerFacts(a *agreement.Agreement) clause.ProviderFacts {
	return clause.ProviderFacts{
		Tier:       a.Parties.Provider.Capability.Tier,
		NotOffered: len(a.Parties.Provider.Capability.NotOffered),
		GapsFound:  a.Parties.Customer.Verification.Result == "accepted_with_gaps",
		Refused:    a.Parties.Customer.Verification.Result == "refused",
		Pending:    a.Parties.Customer.Verification.Result == "pending",
		Baseline:   a.Parties.Provider.Baseline != nil,
		Evidence:   len(a.Parties.Provider.Capability.Certifications) + len(a.Parties.Provider.Assurance),
	}
}

// changeFacts say "emergency" only where the provider may act before approval.
func changeFacts(a *agreement.Agreement) clause.ChangeFacts {
	c := a.ChangeAuthorization
	f := clause.ChangeFacts{
		Blackouts: len(c.Blackouts),
		Refused:   c.NonResponse == "treated_as_refused",
		Reminds:   len(c.RemindDays) > 0,
		Escalated: c.Escalation != "",
		Windows:   len(a.MaintenanceWindows),
		Contents:  len(c.RequestContents) > 0,
	}
	for _, x := range c.Classes {
		f.Emergency = f.Emergency || x.ID == "emergency"
	}
	if e := c.Emergency; e != nil {
		f.Emergency = f.Emergency && *e.Allowed
		f.EmergencyCost = f.Emergency && !e.MaxCost.IsZero()
		f.Limited = f.Emergency && len(e.Limits) > 0
	}
	if m := a.ChangeManagement; m != nil {
		f.Managed = true
		f.Staged = m.Staging == "required"
		f.UserNotice = m.UserNoticeHours > 0
		f.WayBack = len(m.RollbackFor) > 0
		f.LookedAt = len(m.ReviewedAfter) > 0
	}
	return f
}

func accessFacts(a *agreement.Agreement) clause.AccessFacts {
	tools := a.Parties.Provider.Tools
	f := clause.AccessFacts{Count: len(a.Access), Tools: len(tools), Connections: len(a.Connections)}
	for _, x := range a.Access {
		f.Weaker = f.Weaker || x.RiskAcceptance != ""
	}
	for _, x := range tools {
		f.ToolsUnproven = f.ToolsUnproven || !*x.MFA
	}
	if c := a.Credentials; c != nil {
		f.EmergencyAccount = c.BreakGlassHolder != agreement.Provider
	}
	if s := a.Segmentation; s != nil {
		f.Separation, f.SeparateAdmin = true, *s.AdminDomainsSeparate
	}
	return f
}

// noticesAlike compares what clauses print of the first address of each party.
func noticesAlike(a *agreement.Agreement) bool {
	var first [2]agreement.Deemed
	for _, n := range slices.Backward(a.Notices) {
		d := n.Deemed
		d.Email = cmp.Or(d.Email, "next_business_day")
		if n.Party == agreement.Provider {
			first[0] = d
		} else {
			first[1] = d
		}
	}
	return first[0] == first[1]
}

func signingFacts(a *agreement.Agreement) clause.SigningFacts {
	f := clause.SigningFacts{}
	for _, x := range a.Signatories {
		switch x.Method {
		case "wet":
			f.Paper++
		case "esign":
			f.Electronic++
		case "":
			f.Free++
		default:
			panic("view: signature by " + x.Method)
		}
		if x.Witnessed {
			f.Witnessed++
		}
	}
	return f
}

func serviceFacts(a *agreement.Agreement) clause.ServiceFacts {
	f := clause.ServiceFacts{}
	for _, x := range a.Services {
		if !x.Bought() {
			f.NotBought++
			continue
		}
		f.Bought++
		f.Kinds = append(f.Kinds, x.Kind)
	}
	slices.Sort(f.Kinds)
	f.Kinds = slices.Compact(f.Kinds)
	bought := func(kinds ...string) bool {
		return slices.ContainsFunc(kinds, func(kind string) bool { return slices.Contains(f.Kinds, kind) })
	}
	f.SecurityProgram = bought("security_program")
	f.Monitoring = bought("mdr", "edr", "siem")
	f.Patching = bought("os_patching", "third_party_patching")
	f.Backup = bought("backup")
	return f
}

// backupFacts says "each" only of at least one: a clause that praises all
// backups must not stand where there are none.
func backupFacts(a *agreement.Agreement) clause.BackupFacts {
	f := clause.BackupFacts{Count: len(a.Backups), AllOffsite: len(a.Backups) > 0, AllIsolated: len(a.Backups) > 0}
	for _, x := range a.Backups {
		f.AllOffsite = f.AllOffsite && *x.Offsite
		f.AllIsolated = f.AllIsolated && x.Isolated != "none"
	}
	return f
}

func loggingFacts(a *agreement.Agreement) clause.LoggingFacts {
	f := clause.LoggingFacts{Count: len(a.Logging)}
	for _, x := range a.Logging {
		if x.ValidatedBy == agreement.ThirdParty {
			f.ThirdParty++
		}
	}
	return f
}

func continuityFacts(a *agreement.Agreement) clause.ContinuityFacts {
	c := a.Continuity
	if c == nil {
		return clause.ContinuityFacts{}
	}
	return clause.ContinuityFacts{
		Plan:           c.Plan != "",
		Suppliers:      len(c.Suppliers),
		ManualPatching: c.ManualPatching != "",
		Exercise:       c.ExerciseMonths > 0,
	}
}

func incidentFacts(a *agreement.Agreement) clause.IncidentFacts {
	f := clause.IncidentFacts{Speaker: a.ExternalCommunications != nil}
	if x := a.Incident; x != nil {
		f.Severities = len(x.Severities)
		f.Plan = x.Plan != ""
		f.Command = x.Command != nil
		f.Evidence = x.EvidenceDays > 0
		f.AfterAction = x.AfterActionDays > 0
		f.Exercise = x.ExerciseMonths > 0
		f.Rate = x.OutOfScopeRate != nil
	}
	return f
}

func responsibilityFacts(a *agreement.Agreement) clause.ResponsibilityFacts {
	f := clause.ResponsibilityFacts{}
	for _, x := range a.Responsibilities {
		switch x.Owner {
		case agreement.Provider:
			f.Provider++
		case agreement.Customer:
			f.Customer++
		case agreement.Shared:
			f.Shared++
		case agreement.ThirdParty:
			f.ThirdParty++
		case agreement.Unassigned:
			f.Unassigned++
		case agreement.NotApplicable:
			f.NotApplicable++
		default:
			panic("view: responsibility of " + x.Owner)
		}
	}
	return f
}

func maturityFacts(a *agreement.Agreement) clause.MaturityFacts {
	m := a.Maturity
	if m == nil {
		return clause.MaturityFacts{}
	}
	return clause.MaturityFacts{
		Present:      true,
		Low:          overall(m).Less(m.LowThreshold),
		SelfAssessed: m.Assessment.Method == "self",
		ByProvider:   m.Assessment.Method == "provider",
		Remedies:     len(m.Remedies),
	}
}

func commitmentFacts(a *agreement.Agreement) clause.CommitmentFacts {
	f := clause.CommitmentFacts{Count: len(a.Commitments)}
	for _, x := range a.Commitments {
		f.Hours += x.CustomerHours
		if x.Owner == agreement.Provider {
			f.Provider++
		}
		if x.InterimControl != nil {
			f.Interim++
		}
	}
	return f
}

func budgetFacts(a *agreement.Agreement) clause.BudgetFacts {
	b := a.Budget
	if b == nil {
		return clause.BudgetFacts{}
	}
	f := clause.BudgetFacts{
		Present:     true,
		Years:       len(b.Years),
		Contingency: !b.Contingency.Percent.IsZero(),
		TaxIncluded: b.Tax == "included",
		Approved:    b.Approved != nil,
	}
	for _, x := range b.Lines {
		f.ProviderPays = f.ProviderPays || x.Payer == agreement.Provider
		f.Estimates = f.Estimates || x.Basis == "estimate"
	}
	return f
}

func transitionFacts(a *agreement.Agreement) clause.TransitionFacts {
	x := a.Transition
	if x == nil {
		return clause.TransitionFacts{}
	}
	return clause.TransitionFacts{
		In:     x.In != nil,
		Faults: x.In != nil && x.In.InheritedFaults != "",
		Out:    x.Out != nil,
		Proof:  x.Out != nil && *x.Out.DeletionProof,
	}
}

func insuranceFacts(a *agreement.Agreement) clause.InsuranceFacts {
	return clause.InsuranceFacts{
		Count:    len(a.Insurance),
		Attested: slices.ContainsFunc(a.Insurance, func(x agreement.Insurance) bool { return len(x.AttestedControls) > 0 }),
	}
}

func notificationFacts(a *agreement.Agreement) clause.NotificationFacts {
	n := a.Notification.Provider
	return clause.NotificationFacts{
		Suspected:           n.Trigger == "suspected",
		ProviderEnvironment: slices.Contains(n.Scope, "provider_env"),
		Subcontractors:      slices.Contains(n.Scope, "subcontractor"),
		ContactNamed:        a.Notification.Customer.Contact != "",
		Contents:            len(n.Content) > 0,
	}
}

func vettingFacts(v *agreement.Vetting) clause.VettingFacts {
	if v == nil {
		return clause.VettingFacts{}
	}
	return clause.VettingFacts{Present: true, BeforeAccess: *v.BeforeAccess, Repeated: v.RecheckMonths > 0, Training: *v.TrainingYearly}
}

func ownershipFacts(o *agreement.OwnershipChange) clause.OwnershipFacts {
	if o == nil {
		return clause.OwnershipFacts{}
	}
	return clause.OwnershipFacts{
		Present:  true,
		MayLeave: o.Right == "terminate_without_fee",
		BreakIn:  slices.Contains(o.Events, "breach_of_own_systems"),
	}
}

func trainingFacts(t *agreement.Training) clause.TrainingFacts {
	if t == nil {
		return clause.TrainingFacts{}
	}
	return clause.TrainingFacts{Present: true, ThirdParty: t.RunBy == agreement.ThirdParty, Phishing: t.PhishingMonths > 0}
}

func regulatoryFacts(r agreement.Regulatory) clause.RegulatoryFacts {
	f := clause.RegulatoryFacts{}
	if x := r.GLBA; x != nil {
		f.Count++
		f.GLBA, f.GLBAExempt, f.GLBAPlan = true, *x.Exempt, x.SecurityPlan != ""
	}
	if x := r.HIPAA; x != nil {
		f.Count++
		f.HIPAA, f.HIPAAPlan = true, x.Commitment != ""
	}
	if x := r.CMMC; x != nil {
		f.Count++
		f.CMMC, f.CMMCData, f.CMMCPlaces = true, *x.CUI || *x.SPD, len(x.Locations) > 0
	}
	if r.PCI != nil {
		f.Count++
		f.PCI = true
	}
	if x := r.NIS2; x != nil {
		f.Count++
		f.NIS2, f.NISProvider, f.NISNotInForce = true, *x.ProviderInScope, x.Status != "in_force"
	}
	if x := r.UKNIS; x != nil {
		f.Count++
		f.UKNIS = true
		f.NISProvider = f.NISProvider || *x.RelevantMSP
		f.NISNotInForce = f.NISNotInForce || x.Status != "in_force"
	}
	if x := r.PublicBody; x != nil {
		f.Count++
		f.PublicBody, f.PublicBodyTaken = true, *x.Incorporated
	}
	if x := r.Privacy; x != nil {
		f.Count++
		f.Privacy, f.PrivacyAgreement, f.PrivacyHours = true, x.DPA != "", x.BreachHours > 0
		f.PrivacyData = x.ProviderRole != "none"
		f.PrivacyDirected = f.PrivacyData && x.ProviderRole != "controller"
	}
	return f
}

func disputeFacts(g *agreement.GoverningLaw) clause.DisputeFacts {
	if g == nil {
		return clause.DisputeFacts{}
	}
	return clause.DisputeFacts{
		Law:       true,
		Forum:     g.Forum != "",
		Steps:     len(g.DisputeSteps),
		Mediation: slices.ContainsFunc(g.DisputeSteps, func(x agreement.DisputeStep) bool { return x.Step == "mediation" }),
	}
}

// facts notes where the facts come from.
func (o origins) facts(f *clause.Facts) {
	o.add(f, "", nil)
	o.add(&f.Agreement, "Info", map[string]string{
		"Public":       "Info.Confidentiality",
		"Confidential": "Info.Confidentiality",
		"Short":        "Clauses.Preset",
		"Strict":       "Clauses.Wording",
	})
	o.add(&f.MSA, "MSA", nil)
	o.add(&f.Customer, "Parties.Customer", map[string]string{
		"TaxData":   "Parties.Customer.SensitiveData",
		"Delegated": "Parties.Customer.Delegation",
	})
	o.add(&f.Provider, "Parties.Provider.Capability", map[string]string{
		"GapsFound": "Parties.Customer.Verification.Result",
		"Refused":   "Parties.Customer.Verification.Result",
		"Pending":   "Parties.Customer.Verification.Result",
		"Baseline":  "Parties.Provider.Baseline",
		"Evidence":  "Parties.Provider.Assurance",
	})
	o.add(&f.Services, "Services", nil)
	o.add(&f.Assets, "CriticalAssets", nil)
	o.add(&f.Backups, "Backups", nil)
	o.add(&f.Logging, "Logging", nil)
	o.add(&f.Continuity, "Continuity", map[string]string{"Exercise": "Continuity.ExerciseMonths"})
	o.add(&f.Incident, "Incident", map[string]string{
		"Evidence":    "Incident.EvidenceDays",
		"AfterAction": "Incident.AfterActionDays",
		"Exercise":    "Incident.ExerciseMonths",
		"Rate":        "Incident.OutOfScopeRate",
		"Speaker":     "ExternalCommunications",
	})
	o.add(&f.Weaknesses, "Remediation", map[string]string{"Channel": "VulnerabilityDisclosure"})
	o.add(&f.Responsibilities, "Responsibilities", nil)
	o.add(&f.ThirdParties, "Parties.ThirdParties", nil)
	o.add(&f.Maturity, "Maturity", map[string]string{
		"Low":          "Maturity.LowThreshold",
		"SelfAssessed": "Maturity.Assessment.Method",
		"ByProvider":   "Maturity.Assessment.Method",
	})
	o.add(&f.Commitments, "Commitments", nil)
	o.add(&f.Budget, "Budget", map[string]string{
		"Contingency":  "Budget.Contingency.Percent",
		"TaxIncluded":  "Budget.Tax",
		"ProviderPays": "Budget.Lines",
		"Estimates":    "Budget.Lines",
	})
	o.add(&f.Acceptances, "RiskAcceptances", map[string]string{
		"Declined": "DeclinedRecommendations",
		"Options":  "OptionsPresented",
	})
	o.add(&f.Changes, "ChangeAuthorization", map[string]string{
		"Emergency":     "ChangeAuthorization.Classes",
		"EmergencyCost": "ChangeAuthorization.Emergency.MaxCost",
		"Refused":       "ChangeAuthorization.NonResponse",
		"Reminds":       "ChangeAuthorization.RemindDays",
		"Escalated":     "ChangeAuthorization.Escalation",
		"Windows":       "MaintenanceWindows",
		"Managed":       "ChangeManagement",
		"Staged":        "ChangeManagement.Staging",
		"UserNotice":    "ChangeManagement.UserNoticeHours",
		"WayBack":       "ChangeManagement.RollbackFor",
		"LookedAt":      "ChangeManagement.ReviewedAfter",
		"Contents":      "ChangeAuthorization.RequestContents",
		"Limited":       "ChangeAuthorization.Emergency.Limits",
	})
	o.add(&f.Access, "Access", map[string]string{
		"Tools":            "Parties.Provider.Tools",
		"ToolsUnproven":    "Parties.Provider.Tools",
		"Connections":      "Connections",
		"EmergencyAccount": "Credentials.BreakGlassHolder",
		"Separation":       "Segmentation",
		"SeparateAdmin":    "Segmentation.AdminDomainsSeparate",
	})
	o.add(&f.Reviews, "Reviews", nil)
	o.add(&f.Notification, "Notification.Provider", map[string]string{
		"Suspected":           "Notification.Provider.Trigger",
		"ProviderEnvironment": "Notification.Provider.Scope",
		"Subcontractors":      "Notification.Provider.Scope",
		"ContactNamed":        "Notification.Customer.Contact",
		"Contents":            "Notification.Provider.Content",
	})
	o.add(&f.Regulatory, "Regulatory", map[string]string{
		"GLBAExempt":       "Regulatory.GLBA.Exempt",
		"GLBAPlan":         "Regulatory.GLBA.SecurityPlan",
		"HIPAAPlan":        "Regulatory.HIPAA.Commitment",
		"CMMCData":         "Regulatory.CMMC.CUI",
		"CMMCPlaces":       "Regulatory.CMMC.Locations",
		"PublicBodyTaken":  "Regulatory.PublicBody.Incorporated",
		"PrivacyData":      "Regulatory.Privacy.ProviderRole",
		"PrivacyDirected":  "Regulatory.Privacy.ProviderRole",
		"PrivacyAgreement": "Regulatory.Privacy.DPA",
		"PrivacyHours":     "Regulatory.Privacy.BreachHours",
	})
	o.add(&f.Disputes, "GoverningLaw", map[string]string{
		"Steps":     "GoverningLaw.DisputeSteps",
		"Mediation": "GoverningLaw.DisputeSteps",
	})
	o.add(&f.Term, "Term", map[string]string{
		"Renewal":   "Term.Renewal.Kind",
		"Automatic": "Term.Renewal.Kind",
		"Months":    "Term.Renewal.Months",
	})
	o.add(&f.Signing, "Signatories", nil)
	o.add(&f.Told, "ChangesTold", nil)
	o.add(&f.Notices, "Notices", map[string]string{"Alike": "Notices"})
	o.add(&f.Vetting, "Vetting", map[string]string{
		"Repeated": "Vetting.RecheckMonths",
		"Training": "Vetting.TrainingYearly",
	})
	o.add(&f.Subcontractors, "Subcontractors", map[string]string{"NoticeDays": "SubcontractNoticeDays"})
	o.add(&f.Ownership, "OwnershipChange", map[string]string{
		"MayLeave": "OwnershipChange.Right",
		"BreakIn":  "OwnershipChange.Events",
	})
	o.add(&f.ServiceLevels, "ServiceLevels", map[string]string{"Measures": "KPIs"})
	o.add(&f.Training, "Training", map[string]string{
		"ThirdParty": "Training.RunBy",
		"Phishing":   "Training.PhishingMonths",
	})
	o.add(&f.Escalations, "Escalations", nil)
	o.add(&f.Transition, "Transition", map[string]string{
		"Faults": "Transition.In.InheritedFaults",
		"Proof":  "Transition.Out.DeletionProof",
	})
	o.add(&f.Insurance, "Insurance", nil)
}
