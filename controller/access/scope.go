package access

import "slices"

// permissions returns what a scope stands for.
func (s Scope) permissions() []Permission {
	switch s {
	case ScopeRead:
		return []Permission{HotelRead, LinesRead, CallsRead, FeedRead, DeskWatch, ReportsRead}
	case ScopeCalls:
		return []Permission{CallsEnd}
	case ScopeDesk:
		return []Permission{StaysWrite}
	case ScopeAdmin:
		return []Permission{HotelWrite, LinesWrite, QueuesWrite}
	case ScopeTokens:
		return []Permission{TokensWrite}
	}
	return nil
}

// Principal returns who the token acts for. Accounts and the audit trail are for
// a token with all scopes only: a lesser one could otherwise make an account that
// may do more than itself.
func (t Token) Principal() Principal {
	p := Principal{Kind: KindToken, ID: t.ID, Handle: t.Name, Name: t.Name}
	for _, s := range t.Scopes {
		p.Permissions = append(p.Permissions, s.permissions()...)
	}
	if !slices.ContainsFunc(AllScopes(), func(s Scope) bool { return !t.Has(s) }) {
		p.Permissions = append(p.Permissions, AccountsRead, AccountsWrite, AuditRead)
	}
	return p
}

// mayGive reports whether w may make a token with the scope s: a token gives no
// more than it has, an account that manages tokens gives what the hotel needs.
func (w Principal) mayGive(s Scope) bool {
	if w.Kind == KindAccount {
		return w.Can(TokensWrite)
	}
	return !slices.ContainsFunc(s.permissions(), func(p Permission) bool { return !w.Can(p) })
}
