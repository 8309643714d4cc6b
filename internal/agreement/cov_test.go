package agreement
import ("testing";"concordat/internal/source")
func TestX(t *testing.T){
 f,err:=source.Read("../../examples/accounting-firm.yaml",1<<20); if err!=nil {t.Fatal(err)}
 a,list:=Load(f,frameworks(t))
 t.Log(a!=nil, "\n"+printed(t,list))
 if a!=nil { tt:=a.Totals(); t.Log(tt.Subtotal,tt.Contingency,tt.Total,tt.Monthly) }
 f=source.New("x.yaml",[]byte("schema: concordat/v2\nagreement: {id: con, version: \"1.0\", language: en-us, timezone: America/Chicgo, business_hours: {days: [mon, mon, tuu, x], from: \"25:00\"}}\nterm: {}\npeople:\n  - {id: P-A, name: x, party: provder}\n  - {id: p, name: x, party: customer, title: x, email: foo}\ncritical_assets:\n  - {id: A-A, in_scope: false, priority: 0}\nservices: []\nmaturity: {scores: [{item: Govern, targets: [{by: 2027-01-01}]}]}\ncommitments:\n  - {id: C-AA, interim_control: {text: x}, controls: []}\n  - {id: C-AA, depends_on: [C-AA], customer_hours: -3}\nbudget: {fiscal_year_start_month: 13, lines: [{charges: [{every: moth}]}]}\nnotification: {provider: {}}\nrisk_acceptances: [{id: R-X}]\n"))
 _,list=Load(f,frameworks(t))
 t.Log("\n"+printed(t,list))
}
