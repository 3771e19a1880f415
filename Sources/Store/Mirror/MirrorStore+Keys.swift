import Domain

extension MirrorStore {
    /// Keeps the key that each company carries in the custom field named in the workspace's settings, if one is named.
    func keepKeys(of companies: [Company]) throws {
        guard let field = try MatchSettings.get(scope.workspace, db).externalIDField else { return }
        for company in companies {
            try db.run(
                "UPDATE companies SET external_id = $4 WHERE workspace_id = $1 AND connection_id = $2 AND id = $3", scope.workspace,
                scope.connection, company.id, CompanyFields.text(of: field, in: company.raw))
        }
    }
}
